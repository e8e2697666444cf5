// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Vectors or arrays out of batches. Dense vectors, of which most of the time goes into single
 * values, are copied from where they lie; all else is read as anywhere.
 */
final class ValueBatch implements BatchFeatures {
  private final RowReader reader;
  private final boolean isVector;
  private final boolean isDouble;
  private final int field;
  private ColumnVector column;

  // Of a column of vectors whose arrays lie one after the other; null otherwise.
  private ColumnVector types;
  private WritableColumnVector arrays;

  ValueBatch(RowReader reader, int field) {
    this.reader = reader;
    this.field = field;
    this.isVector = reader instanceof VectorReader;
    this.isDouble =
        reader instanceof VectorReader vectors && vectors.precision() == Precision.DOUBLE;
  }

  @Override
  public void open(ColumnarBatch batch) {
    column = batch.column(field);
    boolean isPlain =
        isDouble
            && column instanceof WritableColumnVector
            && column.getChild(VectorReader.VALUES) instanceof WritableColumnVector;
    types = isPlain ? column.getChild(VectorReader.TYPE) : null;
    arrays = isPlain ? (WritableColumnVector) column.getChild(VectorReader.VALUES) : null;
  }

  @Override
  public BadRow read(int row, FeatureBuffer out) {
    if (column.isNullAt(row)) {
      return BadRow.NULL;
    }
    if (!isVector) {
      return reader.read(column.getArray(row), out);
    }
    if (types == null || types.getByte(row) != VectorReader.DENSE || arrays.isNullAt(row)) {
      return reader.read(column.getStruct(row), out);
    }
    int d = ((VectorReader) reader).d();
    if (arrays.getArrayLength(row) != d) {
      return BadRow.WRONG_LENGTH;
    }
    return take(arrays.getChild(0), arrays.getArrayOffset(row), d, out);
  }

  private static BadRow take(ColumnVector values, int from, int d, FeatureBuffer out) {
    if (values.hasNull()) {
      for (int i = from; i < from + d; i++) {
        if (values.isNullAt(i)) {
          return BadRow.NULL_ELEMENT;
        }
      }
    }
    // One copy of all into a new array, which costs less than to ask for one after the other.
    double[] row = values.getDoubles(from, d);
    out.putDoubles(row);
    return Numbers.classified(row);
  }
}
