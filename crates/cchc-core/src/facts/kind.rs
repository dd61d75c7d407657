//! Kinds of documents: what a piece of evidence is by its type.
//!
//! The twenty-nine types of administrative documents (tên loại văn bản) of Nghị định
//! 30/2020/NĐ-CP, article 7, by the abbreviations of its appendix, and beside them the
//! kinds of evidence that are no administrative document.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::values::text::{nfc, replace_look_alikes};

macro_rules! kinds {
    ($($variant:ident $abbreviation:literal $form:ident $vietnamese:literal $english:literal;)*) => {
        /// The type of a document (tên loại văn bản), or the kind of another piece of evidence.
        ///
        /// In JSON it is written by its abbreviation: `KH`, `QĐ`, `CV`, `EXPORT`.
        ///
        /// Source: Nghị định 30/2020/NĐ-CP, article 7 and its appendix of abbreviations. `CV`
        /// and `ThC` are ours, since công văn and thư công have no abbreviation there; the
        /// names in capitals are ours too.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DocumentKind {
            $(
                #[doc = concat!("`", $abbreviation, "`, ", $vietnamese, ": ", $english, ".")]
                $variant,
            )*
        }

        impl DocumentKind {
            /// Every kind, the types of the decree first and in its order.
            pub const ALL: &'static [DocumentKind] = &[$(DocumentKind::$variant),*];

            /// The short name, which is also the name in JSON.
            pub fn abbreviation(self) -> &'static str {
                match self {
                    $(DocumentKind::$variant => $abbreviation,)*
                }
            }

            /// The short names of [`DocumentKind::ALL`], in the same order.
            pub fn abbreviations() -> &'static [&'static str] {
                &[$($abbreviation),*]
            }

            /// The Vietnamese name, in lower case.
            pub fn vietnamese(self) -> &'static str {
                match self {
                    $(DocumentKind::$variant => $vietnamese,)*
                }
            }

            /// The English name, in lower case.
            pub fn english(self) -> &'static str {
                match self {
                    $(DocumentKind::$variant => $english,)*
                }
            }

            fn form(self) -> Form {
                match self {
                    $(DocumentKind::$variant => Form::$form,)*
                }
            }
        }
    };
}

/// What number and symbol a kind carries.
#[derive(PartialEq, Eq)]
enum Form {
    /// A number, and a symbol that starts with the type's abbreviation.
    Typed,
    /// A number, and a symbol that starts with something else.
    Numbered,
    /// Perhaps neither.
    Free,
}

kinds! {
    Resolution "NQ" Typed "nghị quyết" "resolution";
    Decision "QĐ" Typed "quyết định" "decision";
    Directive "CT" Typed "chỉ thị" "directive";
    Regulation "QC" Typed "quy chế" "regulation";
    Provision "QyĐ" Typed "quy định" "provision";
    Communique "TC" Typed "thông cáo" "communiqué";
    Notice "TB" Typed "thông báo" "notice";
    Guidance "HD" Typed "hướng dẫn" "guidance";
    Programme "CTr" Typed "chương trình" "programme";
    Plan "KH" Typed "kế hoạch" "plan";
    OptionPlan "PA" Typed "phương án" "option plan";
    Scheme "ĐA" Typed "đề án" "scheme";
    Project "DA" Typed "dự án" "project";
    Report "BC" Typed "báo cáo" "report";
    Minutes "BB" Typed "biên bản" "minutes";
    Proposal "TTr" Typed "tờ trình" "proposal to a higher body";
    Contract "HĐ" Typed "hợp đồng" "contract";
    OfficialLetter "CV" Numbered "công văn" "official letter";
    Telegram "CĐ" Typed "công điện" "official telegram";
    Memorandum "BGN" Typed "bản ghi nhớ" "memorandum";
    Agreement "BTT" Typed "bản thỏa thuận" "agreement";
    Authorisation "GUQ" Typed "giấy ủy quyền" "authorisation";
    Invitation "GM" Typed "giấy mời" "invitation";
    Introduction "GGT" Typed "giấy giới thiệu" "letter of introduction";
    LeavePermit "GNP" Typed "giấy nghỉ phép" "leave permit";
    SendingSlip "PG" Typed "phiếu gửi" "sending slip";
    TransferSlip "PC" Typed "phiếu chuyển" "transfer slip";
    NoticeSlip "PB" Typed "phiếu báo" "notice slip";
    PublicLetter "ThC" Numbered "thư công" "public letter";
    Apology "APOLOGY" Free "thư xin lỗi" "letter of apology";
    Export "EXPORT" Free "bản kết xuất hệ thống" "export from a system";
    Capture "CAPTURE" Free "ảnh chụp trang, màn hình" "capture of a page or screen";
    Link "LINK" Free "đường dẫn" "link";
    Survey "SURVEY" Free "tổng hợp phiếu khảo sát" "summary of survey forms";
    Confirmation "CONFIRM" Free "giấy, văn bản xác nhận" "confirmation";
    Law "LAW" Numbered "văn bản quy phạm pháp luật" "legal normative document";
    Other "OTHER" Free "tài liệu khác" "other document";
}

impl DocumentKind {
    /// The kind of that abbreviation, case-sensitive.
    ///
    /// Decomposed letters, letters that only look right (`QÐ` with an eth) and spaces at the
    /// ends are forgiven.
    pub fn from_abbreviation(text: &str) -> Option<DocumentKind> {
        let exactly = |text: &str| {
            DocumentKind::ALL
                .iter()
                .copied()
                .find(|kind| kind.abbreviation() == text)
        };
        let text = text.trim();
        exactly(text).or_else(|| exactly(&replace_look_alikes(&nfc(text))))
    }

    /// Whether documents of this kind carry a number, a symbol and a date.
    ///
    /// Administrative and legal documents do (Nghị định 30/2020/NĐ-CP, article 8); exports,
    /// captures, links, surveys, letters of apology, confirmations and other papers need not.
    pub fn is_numbered(self) -> bool {
        self.form() != Form::Free
    }

    /// The abbreviation a symbol of this kind starts with.
    ///
    /// `None` for công văn and thư công, whose symbol names the body first, for legal
    /// documents, and where there need be no symbol.
    pub fn symbol_part(self) -> Option<&'static str> {
        (self.form() == Form::Typed).then(|| self.abbreviation())
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.abbreviation())
    }
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.abbreviation())
    }
}

impl<'de> Deserialize<'de> for DocumentKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DocumentKind, D::Error> {
        let text = String::deserialize(deserializer)?;
        DocumentKind::from_abbreviation(&text)
            .ok_or_else(|| de::Error::unknown_variant(&text, DocumentKind::abbreviations()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    // Nghị định 30/2020/NĐ-CP, article 7.
    #[test]
    fn the_decree_has_twenty_nine_types_of_which_two_have_no_abbreviation() {
        let administrative = DocumentKind::ALL
            .iter()
            .copied()
            .filter(|kind| kind.is_numbered() && *kind != DocumentKind::Law);
        let (typed, bare): (Vec<DocumentKind>, Vec<DocumentKind>) =
            administrative.partition(|kind| kind.symbol_part().is_some());
        assert_eq!(typed.len(), 27);
        assert_eq!(
            bare,
            [DocumentKind::OfficialLetter, DocumentKind::PublicLetter]
        );
    }

    #[test]
    fn abbreviations_are_unique_and_lead_back_to_their_kind() {
        let unique: BTreeSet<_> = DocumentKind::abbreviations().iter().collect();
        assert_eq!(unique.len(), DocumentKind::ALL.len());
        for kind in DocumentKind::ALL {
            assert_eq!(
                DocumentKind::from_abbreviation(kind.abbreviation()),
                Some(*kind)
            );
            let json = serde_json::to_string(kind).unwrap();
            assert_eq!(serde_json::from_str::<DocumentKind>(&json).unwrap(), *kind);
        }
    }

    #[test]
    fn names_are_in_normal_form() {
        for kind in DocumentKind::ALL {
            assert_eq!(nfc(kind.abbreviation()), kind.abbreviation());
            assert_eq!(nfc(kind.vietnamese()), kind.vietnamese());
        }
    }

    #[test]
    fn look_alikes_of_a_letter_are_forgiven_and_another_case_is_not() {
        let read = DocumentKind::from_abbreviation;
        assert_eq!(read("Q\u{00D0}"), Some(DocumentKind::Decision));
        assert_eq!(read("\u{0189}A"), Some(DocumentKind::Scheme));
        assert_eq!(read(" K\u{041D} "), Some(DocumentKind::Plan));
        assert_eq!(read("QyĐ"), Some(DocumentKind::Provision));
        assert_eq!(read("QYĐ"), None);
        assert_eq!(read("kh"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn an_unknown_kind_is_refused_by_name() {
        let error = serde_json::from_str::<DocumentKind>("\"XYZ\"")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("unknown variant `XYZ`, expected one of `NQ`, `QĐ`"),
            "{error}"
        );
    }
}
