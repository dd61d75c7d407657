//! Identity of a file's bytes.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes, as `sha256:` and 64 digits: the way a register writes it.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of FIPS 180-4: the empty message and `abc`.
    #[test]
    fn digests_are_those_of_the_standard() {
        for (bytes, expected) in [
            (
                "",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ] {
            assert_eq!(digest(bytes.as_bytes()), expected);
        }
    }
}
