// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.projection.RowProjection.OnBadRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Projects blocks of rows through the machine's BLAS ({@code kernel = fast}): rows are packed into
 * bytes inside the plan, gathered, multiplied, and unpacked. A task holds two blocks of at most
 * {@value #BLOCK_BYTES} bytes, or of one row.
 */
record BlockProjection(RowProjection projection) {
  private static final int BLOCK_BYTES = 8 << 20;
  private static final int MOST_ROWS = 1024;

  Dataset<Row> append(Dataset<Row> rows, Column[] columns, String name, Metadata metadata) {
    Specification specification = projection.specification();
    PlanCall pack =
        PlanCall.of(
                new PackedRow(specification, projection.reader(), projection.onBadRow()),
                "pack",
                DataTypes.BinaryType)
            .once();
    Column[] packed = Arrays.copyOf(columns, columns.length + 1);
    packed[columns.length] = pack.on(projection.features().value()).as(name);
    Dataset<Row> blocks = rows.select(packed);
    StructType schema = blocks.schema();
    Dataset<Row> multiplied =
        blocks.mapPartitions(
            new Multiplication(
                MatrixForm.of(specification.matrix()), specification.precision(), columns.length),
            Encoders.row(schema));
    PlanCall unpack =
        PlanCall.of(
            new PackedRow.Unpacked(
                specification.precision(), projection.type(), projection.onBadRow()),
            "unpack",
            projection.type().sqlType(specification.precision()));
    Column[] result = new Column[columns.length + 1];
    for (int c = 0; c < columns.length; c++) {
      // An encoder forgets what columns say of themselves.
      StructField field = schema.fields()[c];
      result[c] = ColumnNames.column(field.name()).as(field.name(), field.metadata());
    }
    result[columns.length] =
        (projection.onBadRow() == OnBadRow.THROW ? unpack.neverNull() : unpack)
            .on(ColumnNames.column(name))
            .as(name, metadata);
    return multiplied.select(result);
  }

  /** Replaces the packed row in the last column by its packed projection, a block at a time. */
  private record Multiplication(MatrixForm matrix, Precision precision, int last)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      return new Blocks(this, rows);
    }
  }

  private static final class Blocks implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int last;
    private final PackedBlock block;
    private final int capacity;
    private Iterator<Row> done = List.<Row>of().iterator();

    Blocks(Multiplication work, Iterator<Row> rows) {
      this.rows = rows;
      this.last = work.last();
      ProjectionSpec spec = work.matrix().spec();
      long widest = Math.max(spec.d().getAsLong(), spec.k()) * Double.BYTES;
      this.capacity = (int) Math.max(1, Math.min(MOST_ROWS, BLOCK_BYTES / widest));
      this.block =
          PackedBlock.of(work.precision(), Projection.of(spec), BlasGemm.ofMachine(), capacity);
    }

    @Override
    public boolean hasNext() {
      return done.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!done.hasNext()) {
        done = multiply();
      }
      return done.next();
    }

    private Iterator<Row> multiply() {
      List<Row> taken = new ArrayList<>(capacity);
      block.clear();
      while (taken.size() < capacity && rows.hasNext()) {
        Row row = rows.next();
        taken.add(row);
        if (!row.isNullAt(last)) {
          block.add(row.getAs(last));
        }
      }
      block.project();
      List<Row> projected = new ArrayList<>(taken.size());
      int good = 0;
      for (Row row : taken) {
        Object[] values = new Object[last + 1];
        for (int c = 0; c < last; c++) {
          values[c] = row.get(c);
        }
        values[last] = row.isNullAt(last) ? null : block.projected(good++);
        projected.add(RowFactory.create(values));
      }
      return projected.iterator();
    }
  }
}
