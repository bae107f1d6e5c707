throw new Error('a licence server is missing')
