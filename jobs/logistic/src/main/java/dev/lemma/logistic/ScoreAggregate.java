// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Collects a {@link ScoreState} of the rows of a plan, as an aggregate function or as an observed
 * metric; its value is {@link ScoreState#toBytes}. Rows whose scores are null are left out.
 */
public final class ScoreAggregate extends TypedImperativeAggregate<ScoreState>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Decision decision;
  private final int classes;
  private final Expression label;
  private final Expression weight;
  private final Expression scores;
  private final int mutableOffset;
  private final int inputOffset;

  private ScoreAggregate(
      Decision decision,
      int classes,
      List<Expression> children,
      int mutableOffset,
      int inputOffset) {
    this.decision = decision;
    this.classes = classes;
    this.label = children.get(0);
    this.weight = children.get(1);
    this.scores = children.get(2);
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  /**
   * The aggregate.
   *
   * @param decision what is predicted
   * @param classes K
   * @param label number of the class, an int
   * @param weight a double
   * @param scores K doubles, or null
   */
  static Column column(Decision decision, int classes, Column label, Column weight, Column scores) {
    List<Expression> children =
        List.of(
            ExpressionUtils.expression(label),
            ExpressionUtils.expression(weight),
            ExpressionUtils.expression(scores));
    return ExpressionUtils.column(
        new ScoreAggregate(decision, classes, children, 0, 0).toAggregateExpression());
  }

  private List<Expression> inputs() {
    return List.of(label, weight, scores);
  }

  @Override
  public ScoreState createAggregationBuffer() {
    return ScoreState.of(classes);
  }

  @Override
  public ScoreState update(ScoreState state, InternalRow row) {
    Object found = scores.eval(row);
    if (found != null) {
      double[] values = ((ArrayData) found).toDoubleArray();
      state.add(
          (int) label.eval(row), decision.predicted(values), (double) weight.eval(row), values);
    }
    return state;
  }

  @Override
  public ScoreState merge(ScoreState state, ScoreState other) {
    state.merge(other);
    return state;
  }

  @Override
  public Object eval(ScoreState state) {
    return state.toBytes();
  }

  @Override
  public byte[] serialize(ScoreState state) {
    return state.toBytes();
  }

  @Override
  public ScoreState deserialize(byte[] bytes) {
    return ScoreState.of(bytes);
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new ScoreAggregate(decision, classes, inputs(), offset, inputOffset);
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new ScoreAggregate(decision, classes, inputs(), mutableOffset, offset);
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(inputs()).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new ScoreAggregate(
        decision, classes, CollectionConverters.asJava(children), mutableOffset, inputOffset);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public String prettyName() {
    return "evaluate_scores";
  }

  @Override
  public Object productElement(int n) {
    return inputs().get(n);
  }

  @Override
  public int productArity() {
    return inputs().size();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScoreAggregate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreAggregate that
        && decision == that.decision
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset
        && inputs().equals(that.inputs());
  }

  @Override
  public int hashCode() {
    return Objects.hash(classes, mutableOffset, inputOffset, Arrays.asList(label, weight, scores));
  }
}
