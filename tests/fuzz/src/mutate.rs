//! Deterministic mutations for the smoke run: the same inputs on every machine, so that a failure repeats.

/// Pieces that parsers like to trip over.
const PIECES: [&[u8]; 26] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{}",
    b"[]",
    b"null",
    b"true",
    b"-1",
    b"1e400",
    b"9223372036854775808",
    b"18446744073709551615",
    b".",
    b"..",
    b"=",
    b"/",
    b"%00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b",",
    b":",
    b" ",
];

/// Makes inputs out of seeds.
#[derive(Clone, Debug)]
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// Begins the series of that name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let state = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Mutator { state }
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// One of the seeds with one to three changes, mostly one.
    #[must_use]
    pub fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut data = self.one_of(seeds);
        for _ in 0..=self.below(3).min(self.below(3)) {
            self.change(&mut data, seeds);
        }
        data
    }

    fn one_of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let at = self.below(seeds.len());
        seeds.get(at).cloned().unwrap_or_default()
    }

    fn change(&mut self, data: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(data.len() + 1);
        match self.below(9) {
            0 => self.flip(data, at),
            1 => data.truncate(at),
            2 => data.insert(at, u8::try_from(self.next() & 0xFF).unwrap_or(0)),
            3 => drop(data.splice(self.range(data.len()), [])),
            4 => self.repeat(data, at),
            5 => self.insert_piece(data, at),
            6 => self.digits(data, at),
            7 => self.splice_other(data, at, seeds),
            _ => self.swap_with_piece(data, at),
        }
    }

    fn flip(&mut self, data: &mut [u8], at: usize) {
        let bit = self.below(8);
        if let Some(byte) = data.get_mut(at) {
            *byte ^= 1 << bit;
        }
    }

    fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let from = self.below(len + 1);
        let longest = (len - from).min(64);
        from..from + self.below(longest + 1)
    }

    /// A stretch of the input once more, up to a few hundred times: deep nesting and long lists.
    fn repeat(&mut self, data: &mut Vec<u8>, at: usize) {
        let range = self.range(data.len());
        let piece = data.get(range).unwrap_or_default().to_vec();
        let often = 1 << self.below(9);
        let repeated: Vec<u8> = piece
            .iter()
            .copied()
            .cycle()
            .take((piece.len() * often).min(4096))
            .collect();
        data.splice(at..at, repeated);
    }

    fn piece(&mut self) -> &'static [u8] {
        let at = self.below(PIECES.len());
        PIECES.get(at).copied().unwrap_or_default()
    }

    fn insert_piece(&mut self, data: &mut Vec<u8>, at: usize) {
        data.splice(at..at, self.piece().iter().copied());
    }

    fn swap_with_piece(&mut self, data: &mut Vec<u8>, at: usize) {
        let piece = self.piece();
        let end = (at + piece.len()).min(data.len());
        data.splice(at..end, piece.iter().copied());
    }

    /// Another number in the place of the next one.
    fn digits(&mut self, data: &mut Vec<u8>, at: usize) {
        let from = (at..data.len()).find(|at| data.get(*at).is_some_and(u8::is_ascii_digit));
        let Some(from) = from else { return };
        let end = (from..data.len())
            .find(|at| !data.get(*at).is_some_and(u8::is_ascii_digit))
            .unwrap_or(data.len());
        let number = self.next() >> self.below(64);
        data.splice(from..end, number.to_string().into_bytes());
    }

    /// The front of this input and the back of another.
    fn splice_other(&mut self, data: &mut Vec<u8>, at: usize, seeds: &[Vec<u8>]) {
        let other = self.one_of(seeds);
        let from = self.below(other.len() + 1);
        data.truncate(at);
        data.extend_from_slice(other.get(from..).unwrap_or_default());
    }
}
