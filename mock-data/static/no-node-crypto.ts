/** Stands in for node:crypto in a page: the demo signs nothing there, and a build must not carry a cipher for it. */
function absent(): never {
  throw new Error('signing needs the gateway')
}

export const createHash = absent
export const createHmac = absent
export const timingSafeEqual = absent
