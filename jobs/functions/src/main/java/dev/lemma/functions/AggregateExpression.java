// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.SqlFunction.Aggregate;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of an aggregate function of one number. Nulls are left out; a group without any number
 * gives null. Equal multisets of numbers give equal bits.
 */
public final class AggregateExpression extends TypedImperativeAggregate<MergedSum>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Expression argument;
  private final int mutableOffset;
  private final int inputOffset;

  /**
   * A call; public for Spark, which copies expressions.
   *
   * @param name of an aggregate of the catalogue
   * @param argument a number
   * @param mutableOffset of the state among those of all aggregates
   * @param inputOffset of the state where parts are merged
   */
  public AggregateExpression(String name, Expression argument, int mutableOffset, int inputOffset) {
    this.name = name;
    this.argument = argument;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  private SqlFunction function() {
    return Catalogue.function(name);
  }

  private MergedSum.Kind kind() {
    return ((Aggregate) function().body()).sum();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return ArgumentTypes.check(function(), List.of(argument));
  }

  @Override
  public MergedSum createAggregationBuffer() {
    return kind().empty();
  }

  @Override
  public MergedSum update(MergedSum sum, InternalRow row) {
    Object value = argument.eval(row);
    if (value != null) {
      sum.add(value instanceof Decimal d ? d.toDouble() : ((Number) value).doubleValue());
    }
    return sum;
  }

  @Override
  public MergedSum merge(MergedSum sum, MergedSum other) {
    sum.merge(other);
    return sum;
  }

  @Override
  public Object eval(MergedSum sum) {
    return sum.isEmpty() ? null : (Object) sum.value();
  }

  @Override
  public byte[] serialize(MergedSum sum) {
    return sum.toBytes();
  }

  @Override
  public MergedSum deserialize(byte[] bytes) {
    return kind().read(bytes);
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new AggregateExpression(name, argument, offset, inputOffset);
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new AggregateExpression(name, argument, mutableOffset, offset);
  }

  @Override
  public Seq<Expression> children() {
    return ArgumentTypes.seq(List.of(argument));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new AggregateExpression(name, children.apply(0), mutableOffset, inputOffset);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return DataTypes.DoubleType;
  }

  @Override
  public String prettyName() {
    return name;
  }

  @Override
  public Iterator<Object> stringArgs() {
    return CollectionConverters.asScala(List.<Object>of(argument).iterator());
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> name;
      case 1 -> argument;
      case 2 -> mutableOffset;
      default -> inputOffset;
    };
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AggregateExpression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AggregateExpression that
        && name.equals(that.name)
        && argument.equals(that.argument)
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + argument.hashCode()) + mutableOffset + inputOffset;
  }
}
