// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.Parameter.Kind;
import dev.lemma.functions.SqlFunction.Example;
import dev.lemma.functions.SqlFunction.Method;
import dev.lemma.math.function.InitialWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** First weights of a dense layer, each a function of a seed and its address. */
final class Weights {
  private static final String LECUN =
      "LeCun et al., Efficient BackProp, 1998, [8620](https://kexue.fm/archives/8620)";
  private static final String HE =
      "[He et al. 2015](https://arxiv.org/abs/1502.01852), [8620](https://kexue.fm/archives/8620)";
  private static final String XAVIER =
      "Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks,"
          + " 2010, [8620](https://kexue.fm/archives/8620)";
  private static final String ZIGGURAT =
      "[Marsaglia and Tsang 2000](https://doi.org/10.18637/jss.v005.i08)";

  private static final String CUT = "the normal law cut at two deviations and stretched to ";
  private static final String UNIFORM = "the uniform law of mean 0 and ";

  private static final Parameter INPUTS =
      Parameter.of("inputs", Kind.INTEGER, "of the layer, at least 1").in(Range.AT_LEAST_ONE);
  private static final Parameter OUTPUTS =
      Parameter.of("outputs", Kind.INTEGER, "of the layer, at least 1").in(Range.AT_LEAST_ONE);

  static final List<SqlFunction> FUNCTIONS = functions();

  private Weights() {}

  private static List<SqlFunction> functions() {
    List<SqlFunction> all = new ArrayList<>();
    all.add(
        new SqlFunction(
            "truncated_normal",
            "a normal draw cut at two deviations, of standard deviation s after the cut",
            "1.1368472 s g, g normal given that |g| <= 2",
            withAddress(
                Parameter.number("s", "standard deviation, at least 0").in(Range.NOT_NEGATIVE)),
            List.of(new Example("truncated_normal(1, 0, 0, 0)", "1.8477511379998732")),
            ZIGGURAT,
            new Method(InitialWeights.class, "truncatedNormal", DataTypes.DoubleType, false)));
    add(
        all,
        "lecun_normal",
        "0.1828584331121643",
        "variance 1 / inputs",
        CUT,
        LECUN,
        "lecunNormal",
        INPUTS);
    add(
        all,
        "lecun_uniform",
        "-0.9459854476911702",
        "variance 1 / inputs",
        UNIFORM,
        LECUN,
        "lecunUniform",
        INPUTS);
    add(
        all,
        "he_normal",
        "0.25860087610151616",
        "variance 2 / inputs",
        CUT,
        HE,
        "heNormal",
        INPUTS);
    add(
        all,
        "he_uniform",
        "-1.3378254499324367",
        "variance 2 / inputs",
        UNIFORM,
        HE,
        "heUniform",
        INPUTS);
    String both = "variance 2 / (inputs + outputs)";
    add(
        all,
        "xavier_normal",
        "0.1828584331121643",
        both,
        CUT,
        XAVIER,
        "xavierNormal",
        INPUTS,
        OUTPUTS);
    add(
        all,
        "xavier_uniform",
        "-0.9459854476911702",
        both,
        UNIFORM,
        XAVIER,
        "xavierUniform",
        INPUTS,
        OUTPUTS);
    return List.copyOf(all);
  }

  private static List<Parameter> withAddress(Parameter... first) {
    List<Parameter> all = new ArrayList<>(Arrays.asList(first));
    all.add(Parameter.of("seed", Kind.LONG, "any"));
    all.add(Parameter.of("i", Kind.LONG, "output, or row of a table"));
    all.add(Parameter.of("j", Kind.LONG, "input, or element of the row"));
    return all;
  }

  private static void add(
      List<SqlFunction> all,
      String name,
      String result,
      String variance,
      String law,
      String source,
      String method,
      Parameter... layer) {
    String example = name + (layer.length == 1 ? "(2, 0, 0, 1)" : "(2, 2, 0, 0, 1)");
    all.add(
        new SqlFunction(
            name,
            "the first weight of input j in output i of a layer, by " + law + variance,
            law.equals(CUT)
                ? "1.1368472 sqrt(variance) g, g normal given that |g| <= 2"
                : "sqrt(3 variance) u, u uniform in [-1, 1]",
            withAddress(layer),
            List.of(new Example(example, result)),
            source,
            new Method(WeightCalls.class, method, DataTypes.DoubleType, false)));
  }
}
