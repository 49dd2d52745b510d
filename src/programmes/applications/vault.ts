/** The vault as this programme needs it. */
export interface Vault {
  open(sealed: string): string | undefined;
  seal(text: string): string;
  digest(text: string): string;
}
