//! Feeds as Parquet files: columns by groups of rows, with exact types.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{
        ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
        Int64Type,
    },
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};
use time::{Date, macros::date};

use super::{super::WriteError, Datum, FeedColumn, FeedKind, FeedRow};

/// Rows of a group; one group is in memory at a time.
const GROUP_ROWS: usize = 20_000;

/// Digits of a figure, and those of them after the point.
const PRECISION: i32 = 19;
const SCALE: i32 = 4;
/// Bytes that hold so many digits with their sign.
const FIGURE_BYTES: usize = 9;

const EPOCH: Date = date!(1970 - 01 - 01);

/// Writes a feed as a Parquet file, compressed with Snappy: figures as `DECIMAL(19,4)`, days as `DATE`,
/// instants as `TIMESTAMP` in microseconds of UTC. Returns how many rows there are.
///
/// # Errors
///
/// [`WriteError`] when they cannot be written.
pub fn feed_parquet(
    columns: &[FeedColumn],
    pages: impl Iterator<Item = Vec<FeedRow>>,
    out: impl Write + Send,
) -> Result<u64, WriteError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("duban".to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema(columns)?, Arc::new(properties))?;
    let (mut group, mut count) = (Vec::new(), 0_u64);
    for page in pages {
        count += u64::try_from(page.len()).unwrap_or_default();
        group.extend(page);
        if group.len() >= GROUP_ROWS {
            write_group(&mut writer, columns, &group)?;
            group.clear();
        }
    }
    if !group.is_empty() {
        write_group(&mut writer, columns, &group)?;
    }
    writer.close()?;
    Ok(count)
}

fn schema(columns: &[FeedColumn]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(|column| {
        let (physical, logical) = types(column.kind);
        let field = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        let field = match column.kind {
            FeedKind::Figure => field
                .with_length(i32::try_from(FIGURE_BYTES).unwrap_or_default())
                .with_precision(PRECISION)
                .with_scale(SCALE),
            _ => field,
        };
        Ok(Arc::new(field.build()?))
    });
    let fields = fields.collect::<Result<Vec<TypePtr>, ParquetError>>()?;
    let whole = Type::group_type_builder("feed").with_fields(fields);
    Ok(Arc::new(whole.build()?))
}

fn types(kind: FeedKind) -> (Physical, Option<LogicalType>) {
    match kind {
        FeedKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        FeedKind::Figure => {
            let decimal = LogicalType::decimal(SCALE, PRECISION);
            (Physical::FIXED_LEN_BYTE_ARRAY, Some(decimal))
        }
        FeedKind::Number => (Physical::INT64, None),
        FeedKind::Day => (Physical::INT32, Some(LogicalType::Date)),
        FeedKind::Instant => {
            let instant = LogicalType::timestamp(true, TimeUnit::MICROS);
            (Physical::INT64, Some(instant))
        }
    }
}

fn write_group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &[FeedColumn],
    rows: &[FeedRow],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (index, column) in columns.iter().enumerate() {
        let Some(mut out) = group.next_column()? else {
            return Err(ParquetError::General("a column too many".to_owned()));
        };
        let cells = rows.iter().map(|row| row.get(index));
        match column.kind {
            FeedKind::Text => put::<ByteArrayType>(&mut out, cells.map(text))?,
            FeedKind::Figure => put::<FixedLenByteArrayType>(&mut out, cells.map(figure))?,
            FeedKind::Number => put::<Int64Type>(&mut out, cells.map(number))?,
            FeedKind::Day => put::<Int32Type>(&mut out, cells.map(day))?,
            FeedKind::Instant => put::<Int64Type>(&mut out, cells.map(instant))?,
        }
        out.close()?;
    }
    group.close()?;
    Ok(())
}

/// Writes the cells of a column; where there is nothing, the level says so.
fn put<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    out.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

fn text(datum: Option<&Datum>) -> Option<ByteArray> {
    match datum? {
        Datum::Text(text) => Some(ByteArray::from(text.clone().into_bytes())),
        _ => None,
    }
}

/// A figure times 10^4 in two's complement, the highest byte first.
fn figure(datum: Option<&Datum>) -> Option<FixedLenByteArray> {
    let Datum::Figure(figure) = datum? else {
        return None;
    };
    let scaled = i128::from(figure.scaled()).to_be_bytes();
    let bytes = scaled.get(scaled.len() - FIGURE_BYTES..)?;
    Some(FixedLenByteArray::from(bytes.to_vec()))
}

fn number(datum: Option<&Datum>) -> Option<i64> {
    match datum? {
        Datum::Number(number) => Some(*number),
        _ => None,
    }
}

fn day(datum: Option<&Datum>) -> Option<i32> {
    match datum? {
        Datum::Day(day) => i32::try_from((*day - EPOCH).whole_days()).ok(),
        _ => None,
    }
}

fn instant(datum: Option<&Datum>) -> Option<i64> {
    match datum? {
        Datum::Instant(at) => i64::try_from(at.unix_timestamp_nanos() / 1_000).ok(),
        _ => None,
    }
}
