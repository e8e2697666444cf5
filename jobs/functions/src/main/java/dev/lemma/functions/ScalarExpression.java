// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.Parameter.Kind;
import dev.lemma.functions.SqlFunction.Method;
import dev.lemma.functions.SqlFunction.Overloads;
import dev.lemma.functions.SqlFunction.Prepared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import scala.Enumeration;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of a scalar function, which the optimizer replaces by that of a static method. Until then
 * it bears the name and the types that the user knows.
 */
public final class ScalarExpression extends Expression implements RuntimeReplaceable, Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Seq<Expression> arguments;
  private Seq<Enumeration.Value> patterns;
  private Expression replaced;

  /**
   * A call; public for Spark, which copies expressions.
   *
   * @param name of a function of the catalogue
   * @param arguments as many as it has parameters
   */
  public ScalarExpression(String name, Seq<Expression> arguments) {
    this.name = name;
    this.arguments = arguments;
    RuntimeReplaceable.$init$(this);
  }

  private List<Expression> list() {
    return CollectionConverters.asJava(arguments);
  }

  private SqlFunction function() {
    return Catalogue.function(name);
  }

  /** Made once: Spark asks for it with every question about the type or nulls. */
  @Override
  public Expression replacement() {
    if (replaced == null) {
      replaced = call();
    }
    return replaced;
  }

  private Expression call() {
    SqlFunction function = function();
    List<Expression> all = new ArrayList<>(list());
    for (int i = all.size(); i < function.parameters().size(); i++) {
      double otherwise = function.parameters().get(i).otherwise().orElseThrow();
      all.add(new Literal(otherwise, DataTypes.DoubleType));
    }
    if (function.body() instanceof Method method) {
      return method(function, method, all);
    }
    if (function.body() instanceof Prepared prepared) {
      return prepared(function, prepared, all);
    }
    if (function.body() instanceof Overloads overloads) {
      return overload(function, overloads, all);
    }
    throw new IllegalStateException(name + " is no scalar function");
  }

  private static Expression method(
      SqlFunction function, Method method, List<Expression> arguments) {
    List<Expression> taken = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      taken.add(ArgumentTypes.taken(arguments.get(i), function.parameters().get(i).kind()));
    }
    if (function.parameters().get(0).kind() == Kind.FEATURES) {
      taken.addAll(FeatureRow.told(arguments.get(0)));
    }
    return new DirectCall(
        function.name(),
        method.owner(),
        method.method(),
        method.result(),
        ArgumentTypes.seq(taken),
        method.mayBeNull());
  }

  /** The optimizer takes a call of constants for a constant. */
  private static Expression prepared(
      SqlFunction function, Prepared prepared, List<Expression> arguments) {
    Expression shape = ArgumentTypes.cast(arguments.get(1), DataTypes.DoubleType);
    Expression known = call(prepared.preparation(), prepared, prepared.preparation(), shape);
    Expression x = ArgumentTypes.cast(arguments.get(0), DataTypes.DoubleType);
    return call(function.name(), prepared, prepared.method(), x, known);
  }

  private static Expression call(
      String name, Prepared prepared, String method, Expression... arguments) {
    return new DirectCall(
        name,
        prepared.owner(),
        method,
        DataTypes.DoubleType,
        ArgumentTypes.seq(List.of(arguments)),
        false);
  }

  private static Expression overload(
      SqlFunction function, Overloads overloads, List<Expression> arguments) {
    DataType common = common(arguments);
    DataType result =
        common instanceof LongType
            ? overloads.resultOfWhole()
            : common instanceof FloatType ? overloads.resultOfFloat() : DataTypes.DoubleType;
    List<Expression> cast =
        arguments.stream().map(each -> ArgumentTypes.cast(each, common)).toList();
    return new DirectCall(
        function.name(),
        overloads.owner(),
        overloads.method(),
        result,
        ArgumentTypes.seq(cast),
        false);
  }

  /** Long if all are whole, float if all are, else double. */
  private static DataType common(List<Expression> arguments) {
    List<DataType> types = arguments.stream().map(Expression::dataType).toList();
    if (types.stream().allMatch(ScalarExpression::isWhole)) {
      return DataTypes.LongType;
    }
    return types.stream().allMatch(FloatType.class::isInstance)
        ? DataTypes.FloatType
        : DataTypes.DoubleType;
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return ArgumentTypes.check(function(), list());
  }

  @Override
  public String prettyName() {
    return name;
  }

  @Override
  public Iterator<Object> stringArgs() {
    return CollectionConverters.asScala(List.<Object>copyOf(list()).iterator());
  }

  @Override
  public boolean nullable() {
    return RuntimeReplaceable.super.nullable();
  }

  @Override
  public DataType dataType() {
    return RuntimeReplaceable.super.dataType();
  }

  @Override
  public Expression canonicalized() {
    return RuntimeReplaceable.super.canonicalized();
  }

  @Override
  public Object eval(InternalRow row) {
    return RuntimeReplaceable.super.eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return RuntimeReplaceable.super.doGenCode(context, code);
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return patterns;
  }

  @Override
  public void
      org$apache$spark$sql$catalyst$expressions$RuntimeReplaceable$_setter_$nodePatterns_$eq(
          Seq<Enumeration.Value> value) {
    patterns = value;
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new ScalarExpression(name, children);
  }

  @Override
  public Object productElement(int n) {
    return n == 0 ? name : arguments;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScalarExpression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScalarExpression that
        && name.equals(that.name)
        && arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + arguments.hashCode();
  }
}
