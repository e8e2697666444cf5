// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.Block.BlockHelper;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.types.DataType;
import scala.StringContext;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of a public static method inside Spark's generated code; null for a null argument, and
 * nothing behind a null is looked at. Spark's own {@code StaticInvoke} keeps arguments and null
 * flags in fields of the generated class, which costs a store and a load for each of them and row;
 * here they are local variables.
 */
final class DirectCall extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Class<?> owner;
  private final String method;
  private final DataType result;
  private final Seq<Expression> arguments;
  private final boolean mayBeNull;
  private transient Method found;

  /**
   * A call.
   *
   * @param name as plans show it
   * @param owner public class of the method
   * @param method overloaded or not: parameters are those of the arguments' types
   * @param result in SQL
   * @param arguments in order
   * @param mayBeNull whether the method returns null for arguments that are not
   */
  DirectCall(
      String name,
      Class<?> owner,
      String method,
      DataType result,
      Seq<Expression> arguments,
      boolean mayBeNull) {
    this.name = name;
    this.owner = owner;
    this.method = method;
    this.result = result;
    this.arguments = arguments;
    this.mayBeNull = mayBeNull;
  }

  private List<Expression> list() {
    return CollectionConverters.asJava(arguments);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    List<ExprCode> inputs = list().stream().map(each -> each.genCode(context)).toList();
    Text call = new Text().add(owner.getName() + "." + method + "(");
    for (int i = 0; i < inputs.size(); i++) {
      call.add(i == 0 ? "" : ", ").value(inputs.get(i).value());
    }
    Block invocation = call.add(")").block();
    if (!nullable()) {
      Text whole = new Text();
      inputs.forEach(input -> whole.value(input.code()).add("\n"));
      whole.add(CodeGenerator.javaType(result) + " ").value(code.value()).add(" = ");
      return code.copy(
          whole.value(invocation).add(";\n").block(), FalseLiteral$.MODULE$, code.value());
    }
    Text whole = new Text();
    whole.add("boolean ").value(code.isNull()).add(" = true;\n");
    whole.add(CodeGenerator.javaType(result) + " ").value(code.value());
    whole.add(" = " + CodeGenerator.defaultValue(result, false) + ";\n");
    whole.value(guarded(context, code, inputs, 0, invocation));
    return code.copy(whole.block(), code.isNull(), code.value());
  }

  /** The call behind the code of the inputs from one on, each behind the nulls of those before. */
  private Block guarded(
      CodegenContext context, ExprCode code, List<ExprCode> inputs, int from, Block invocation) {
    if (from == inputs.size()) {
      return assignment(context, code, invocation);
    }
    ExprCode input = inputs.get(from);
    Text text = new Text().value(input.code()).add("\n");
    Block rest = guarded(context, code, inputs, from + 1, invocation);
    return list().get(from).nullable()
        ? text.add("if (!").value(input.isNull()).add(") {\n").value(rest).add("}\n").block()
        : text.value(rest).block();
  }

  private Block assignment(CodegenContext context, ExprCode code, Block invocation) {
    Text text = new Text();
    if (!mayBeNull) {
      text.value(code.isNull()).add(" = false;\n");
      return text.value(code.value()).add(" = ").value(invocation).add(";\n").block();
    }
    String found = context.freshName("found");
    text.add(CodeGenerator.boxedType(result) + " " + found + " = ").value(invocation).add(";\n");
    text.value(code.isNull()).add(" = " + found + " == null;\n");
    text.add("if (" + found + " != null) {\n").value(code.value());
    return text.add(" = " + found + ";\n}\n").block();
  }

  @Override
  public Object eval(InternalRow row) {
    List<Expression> inputs = list();
    Object[] values = new Object[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputs.get(i).eval(row);
      if (values[i] == null) {
        return null;
      }
    }
    try {
      return invoked().invoke(null, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(owner.getName() + "." + method, e);
    }
  }

  /** Looked up once: without generated code each row comes by here. */
  private Method invoked() {
    if (found == null) {
      Class<?>[] types =
          list().stream()
              .map(each -> CodeGenerator.javaClass(each.dataType()))
              .toArray(Class<?>[]::new);
      try {
        found = owner.getMethod(method, types);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(
            owner.getName() + "." + method + " of " + Arrays.toString(types), e);
      }
    }
    return found;
  }

  @Override
  public boolean foldable() {
    return list().stream().allMatch(Expression::foldable);
  }

  @Override
  public boolean nullable() {
    return mayBeNull || list().stream().anyMatch(Expression::nullable);
  }

  @Override
  public DataType dataType() {
    return result;
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
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new DirectCall(name, owner, method, result, children, mayBeNull);
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> name;
      case 1 -> owner;
      case 2 -> method;
      case 3 -> result;
      case 4 -> arguments;
      default -> mayBeNull;
    };
  }

  @Override
  public int productArity() {
    return 6;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DirectCall;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirectCall that
        && owner.equals(that.owner)
        && method.equals(that.method)
        && result.equals(that.result)
        && arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * owner.hashCode() + method.hashCode()) + arguments.hashCode();
  }

  /** Code put together of text and of what Spark must be able to rename. */
  private static final class Text {
    private final List<String> parts = new ArrayList<>();
    private final List<Object> inserted = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    Text add(String text) {
      open.append(text);
      return this;
    }

    Text value(Object value) {
      parts.add(open.toString());
      open.setLength(0);
      inserted.add(value);
      return this;
    }

    Block block() {
      List<String> all = new ArrayList<>(parts);
      all.add(open.toString());
      return new BlockHelper(new StringContext(ArgumentTypes.seq(all)))
          .code(ArgumentTypes.seq(inserted));
    }
  }
}
