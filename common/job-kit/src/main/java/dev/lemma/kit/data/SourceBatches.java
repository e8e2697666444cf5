// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of a columnar source, such as Parquet files, in the batches in which it decodes them.
 * Spark would put each row together from its columns before anybody reads it, which costs wide rows
 * as much as decoding them. What is computed of a row, such as its label, is still computed by
 * Spark, as a row of few columns, its <em>head</em>; the wide columns are read where they lie, by
 * {@link BatchFeatures}.
 */
public final class SourceBatches {
  private final JavaRDD<ColumnarBatch> batches;
  private final Layout layout;

  private SourceBatches(JavaRDD<ColumnarBatch> batches, Layout layout) {
    this.batches = batches;
    this.layout = layout;
  }

  /**
   * What is where in a batch.
   *
   * @param head what is computed
   * @param source the columns of a batch
   * @param stored numbers of the columns that are read as they are
   */
  public record Layout(Seq<Expression> head, Seq<Attribute> source, List<Integer> stored)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Computes the head of one row of a batch after the other; the row is reused. One task's. */
    public UnsafeProjection heads(int partition) {
      UnsafeProjection heads = UnsafeProjection.create(head, source);
      heads.initialize(partition);
      return heads;
    }
  }

  /**
   * The batches; nothing is read yet.
   *
   * @param selected columns of an input
   * @param computed how many of the first ones make the head; the others are columns of the input
   * @param rowBytes about what the values of a single wide column take in a row, 0 if there is
   *     none: batches of wide rows are made to fit a cache
   * @return empty where the plan does more than to select from a columnar source, or where one of
   *     the other columns is computed too, by a cast for example
   */
  public static Optional<SourceBatches> of(Dataset<Row> selected, int computed, long rowBytes) {
    SparkPlan plan = bare(WideScan.planned(selected));
    if (!(plan instanceof ProjectExec project)
        || !(bare(project.child()) instanceof ColumnarToRowExec rows)
        || !project.subqueries().isEmpty()) {
      return Optional.empty();
    }
    SparkPlan source = BatchSize.bounded(bare(rows.child()), rowBytes);
    List<NamedExpression> columns = CollectionConverters.asJava(project.projectList());
    List<Integer> stored =
        columns.subList(computed, columns.size()).stream()
            .map(column -> ordinal(column, source.output()))
            .toList();
    if (stored.contains(-1)) {
      return Optional.empty();
    }
    List<Expression> head =
        columns.subList(0, computed).stream().map(Expression.class::cast).toList();
    return Optional.of(
        new SourceBatches(
            source.executeColumnar().toJavaRDD(),
            new Layout(CollectionConverters.asScala(head).toSeq(), source.output(), stored)));
  }

  /** The batches; each is valid until the next is taken. */
  public JavaRDD<ColumnarBatch> batches() {
    return batches;
  }

  /** What is where in them. */
  public Layout layout() {
    return layout;
  }

  /** Without what only generates code. */
  static SparkPlan bare(SparkPlan plan) {
    if (plan instanceof WholeStageCodegenExec stage) {
      return bare(stage.child());
    }
    return plan instanceof InputAdapter adapter ? bare(adapter.child()) : plan;
  }

  private static int ordinal(NamedExpression column, Seq<Attribute> source) {
    return column instanceof Attribute wanted
        ? CollectionConverters.asJava(source).stream()
            .map(Attribute::exprId)
            .toList()
            .indexOf(wanted.exprId())
        : -1;
  }
}
