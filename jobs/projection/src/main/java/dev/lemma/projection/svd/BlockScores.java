// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.lowrank.RowSweeps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.InternalRow$;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The scores of rows, (a W - s) T, with W in blocks: a chunk of rows is multiplied by one block
 * after the other, so a task never holds more than one. The terms of a row are added in the order
 * of its features: its scores depend on nothing but the row. Not thread-safe.
 */
final class BlockScores implements Iterator<InternalRow> {
  private static final String VALUE = "_lemma_value";

  private final MatrixShape shape;
  private final DataType[] kept;
  private final BlockPlan plan;
  private final Iterator<InternalRow> rows;
  private final FeatureBuffer row = new FeatureBuffer();
  private final RowChunk chunk;
  private final List<Object[]> cells = new ArrayList<>();
  private final double[] scores;
  private int next;

  private BlockScores(
      MatrixShape shape, DataType[] kept, BlockPlan plan, Iterator<InternalRow> rows) {
    this.shape = shape;
    this.kept = kept;
    this.plan = plan;
    this.rows = rows;
    this.chunk = new RowChunk(plan.shift.length, plan.blocks.chunkBytes());
    this.scores = new double[plan.width()];
  }

  /** The kept columns of the readable rows, and their scores. */
  static Dataset<Row> of(SvdInput input, Broadcast<BlockPlan> plan) {
    MatrixRows matrix = input.matrix();
    List<Column> columns = new ArrayList<>();
    input.kept().forEach(name -> columns.add(ColumnNames.column(name)));
    columns.add(matrix.features().value().as(VALUE));
    Dataset<Row> read = matrix.screen().readable().select(columns.toArray(Column[]::new));
    int count = input.kept().size();
    DataType[] kept = new DataType[count];
    StructType schema = new StructType();
    for (int i = 0; i < count; i++) {
      kept[i] = read.schema().apply(i).dataType();
      schema = schema.add(read.schema().apply(i));
    }
    schema =
        schema.add(SvdInput.SCORES, DataTypes.createArrayType(DataTypes.DoubleType, false), false);
    MatrixShape shape = matrix.shape();
    JavaRDD<InternalRow> scored =
        read.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> new BlockScores(shape, kept, plan.value(), part));
    return ((SparkSession) read.sparkSession())
        .internalCreateDataFrame(scored.rdd(), schema, false);
  }

  @Override
  public boolean hasNext() {
    return next < cells.size() || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (next == cells.size()) {
      fill();
      chunk.multiply(plan);
      next = 0;
    }
    double[] product = chunk.product(next);
    double[] result = product;
    if (plan.transform.length > 0) {
      Arrays.fill(scores, 0);
      for (int i = 0; i < product.length; i++) {
        RowSweeps.addOne(scores, product[i], plan.transform[i]);
      }
      result = scores;
    }
    Object[] cell = cells.get(next++);
    cell[kept.length] = UnsafeArrayData.fromPrimitiveArray(result);
    return new GenericInternalRow(cell);
  }

  private void fill() {
    chunk.clear();
    cells.clear();
    while (rows.hasNext() && !chunk.isFull()) {
      InternalRow stored = rows.next();
      BadRow bad = shape.reader().read(shape.value().of(stored, kept.length), row);
      if (bad != BadRow.NONE) {
        throw ScoreFunction.refused(bad);
      }
      chunk.add(row);
      Object[] cell = new Object[kept.length + 1];
      for (int i = 0; i < kept.length; i++) {
        // The stored row is written over by the next one.
        cell[i] =
            stored.isNullAt(i) ? null : InternalRow$.MODULE$.copyValue(stored.get(i, kept[i]));
      }
      cells.add(cell);
    }
  }
}
