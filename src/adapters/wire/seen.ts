/** The last names that were taken, so that what a source tells twice is taken once. It forgets the oldest first. */
export class Seen {
  private readonly most: number
  private readonly names = new Set<string>()

  constructor(most: number) {
    this.most = most
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  add(name: string): void {
    this.names.delete(name)
    this.names.add(name)
    if (this.names.size > this.most) this.names.delete(this.names.values().next().value!)
  }
}
