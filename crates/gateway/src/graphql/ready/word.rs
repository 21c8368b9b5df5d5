//! Values that are words of JSON.

use async_graphql::{ID, ScalarType};

use crate::graphql::{
    scalars::{Date, DateTime, Decimal, Period},
    text,
};

/// A value that is a word of JSON.
pub trait Word {
    /// Writes it.
    fn write(&self, out: &mut Vec<u8>);
}

macro_rules! plain_words {
    ($($type:ty),+) => {
        $(
            impl Word for $type {
                fn write(&self, out: &mut Vec<u8>) {
                    text::plain(self, out);
                }
            }
        )+
    };
}

plain_words!(i32, bool, str, String);

macro_rules! scalar_words {
    ($($type:ty),+) => {
        $(
            impl Word for $type {
                fn write(&self, out: &mut Vec<u8>) {
                    text::plain(&self.to_value(), out);
                }
            }
        )+
    };
}

scalar_words!(Date, DateTime, Decimal, Period, ID);

impl<T: Word + ?Sized> Word for &T {
    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }
}

impl<T: Word> Word for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(word) => word.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: Word> Word for [T] {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, word) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            word.write(out);
        }
        out.push(b']');
    }
}

impl<T: Word> Word for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_slice().write(out);
    }
}

/// Lets names of enumerations be written.
macro_rules! enum_words {
    ($($type:ty),+ $(,)?) => {
        $(
            impl $crate::graphql::ready::Word for $type {
                fn write(&self, out: &mut Vec<u8>) {
                    let name = async_graphql::resolver_utils::enum_value(*self);
                    $crate::graphql::text::plain(&name, out);
                }
            }
        )+
    };
}
pub(in crate::graphql) use enum_words;
