// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.RunMode;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The derived numbers of random features: for the dry run, the manifest and the report. */
final class FeaturesFacts {
  private FeaturesFacts() {}

  /** What would be done with this input. */
  static List<Fact> of(FeaturesConfig config, FeaturesInput input, Run run) {
    FeatureSpecification specification = input.settled().specification();
    FeatureSpec map = specification.map();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", Source.name(config.input()), input.rows().schema().simpleString()));
    facts.add(
        new Fact("features", "d = " + map.d() + " of " + String.join(", ", columns(input)), ""));
    facts.add(new Fact("kernel-function", formula(map.kernel()), why(config, "as configured")));
    facts.add(bandwidth(config, input, run));
    facts.add(
        new Fact(
            "k",
            Integer.toString(map.k()),
            map.kernel().isBounded()
                ? "cosine and sine of " + map.count() + " frequencies"
                : "two exponentials of each of " + map.count() + " frequencies"));
    facts.add(
        new Fact("frequencies", Specification.key(map.frequencies()), whyFrequencies(config, map)));
    facts.add(
        new Fact(
            "norms",
            Specification.key(map.norms()),
            why(config, config.map().norms() == NormChoice.AUTO ? "auto" : "as configured")));
    facts.add(
        unseen(config, run)
            ? new Fact("specification", "known when the bandwidth is", "all that is shipped")
            : new Fact("specification", specification.hash(), "all that is shipped to executors"));
    facts.add(
        new Fact(
            "output row",
            String.format(Locale.ROOT, "%,d bytes", (long) map.k() * bytes(specification)),
            map.k() + " x " + bytes(specification) + " before compression"));
    facts.add(
        new Fact(
            "kernel",
            "exact",
            config.run().kernel() == Kernel.EXACT
                ? "bits = any: equal on every cluster"
                : "there is no faster one; bits = any all the same"));
    List<String> passes = passes(config);
    facts.add(new Fact("passes", Integer.toString(passes.size()), String.join("; then ", passes)));
    List<String> shuffles = shuffles(config);
    facts.add(
        new Fact(
            "shuffles",
            Integer.toString(shuffles.size()),
            shuffles.isEmpty() ? "the map is a narrow step" : String.join("; ", shuffles)));
    return facts;
  }

  private static List<String> columns(FeaturesInput input) {
    return input.columns().columns();
  }

  private static String why(FeaturesConfig config, String otherwise) {
    return config.spec().isPresent() ? "from spec" : otherwise;
  }

  /** A kernel as a formula. */
  static String formula(KernelFunction kernel) {
    return switch (KernelChoice.of(kernel)) {
      case GAUSSIAN -> "gaussian, exp(-|x - y|^2 / 2s^2)";
      case LAPLACIAN -> "laplacian, exp(-|x - y|_1 / s)";
      case MATERN ->
          "matern, smoothness "
              + ((KernelFunction.Matern) kernel).smoothness()
              + ", of |x - y| / s";
      case SOFTMAX -> "softmax, exp(x'y / s^2)";
    };
  }

  /** Whether the bandwidth follows from rows that nobody has read. */
  private static boolean unseen(FeaturesConfig config, Run run) {
    return run.mode() != RunMode.RUN && needsRows(config);
  }

  private static boolean needsRows(FeaturesConfig config) {
    return config.spec().isEmpty() && config.map().wish(0).needsRows();
  }

  private static Fact bandwidth(FeaturesConfig config, FeaturesInput input, Run run) {
    String rule =
        "the median distance of "
            + (input.settled().medianPairs() > 0
                ? input.settled().medianPairs()
                : SettledFeatures.MEDIAN_PAIRS)
            + " sampled pairs";
    if (unseen(config, run)) {
      return new Fact("bandwidth", "known when rows are read", rule);
    }
    double s = input.settled().specification().map().kernel().bandwidth();
    String why =
        needsRows(config)
            ? rule
            : config.map().bandwidth().given().isPresent()
                ? "as configured"
                : "the fourth root of d";
    return new Fact("bandwidth", String.format(Locale.ROOT, "%.6g", s), why(config, why));
  }

  private static String whyFrequencies(FeaturesConfig config, FeatureSpec map) {
    if (config.spec().isPresent() || config.map().frequencies() != FrequencyChoice.AUTO) {
      return why(config, "as configured");
    }
    return switch (map.frequencies()) {
      case IID -> "the Laplacian kernel has no others";
      case ORTHOGONAL -> "made in each JVM within a second";
      case HADAMARD -> "orthogonal ones would take seconds to make in each JVM";
    };
  }

  private static int bytes(FeatureSpecification specification) {
    return specification.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
  }

  private static List<String> passes(FeaturesConfig config) {
    List<String> passes = new ArrayList<>();
    if (needsRows(config)) {
      passes.add("count rows");
      passes.add("id and features for the pairs of the bandwidth");
    }
    passes.add("map and write");
    if (config.pairs() > 0) {
      passes.add("id and features once more for the pairs of the error");
    }
    return passes;
  }

  private static List<String> shuffles(FeaturesConfig config) {
    List<String> shuffles = new ArrayList<>();
    if (needsRows(config)) {
      shuffles.add(
          String.format(
              Locale.ROOT,
              "at most %,d sampled rows of the bandwidth, into one task",
              2L * SettledFeatures.MEDIAN_PAIRS));
    }
    if (config.output().partitions().isPresent()) {
      shuffles.add("the output rows, into output.partitions files");
    }
    if (config.pairs() > 0) {
      shuffles.add(
          String.format(
              Locale.ROOT,
              "at most %,d sampled rows of the error, into one task",
              2L * config.pairs()));
    }
    return shuffles;
  }
}
