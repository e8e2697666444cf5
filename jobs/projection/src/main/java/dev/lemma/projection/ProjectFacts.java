// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.io.SourceSize;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.RunMode;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.FamilyAdvice;
import dev.lemma.math.projection.FamilyLaw;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The derived numbers of a projection: for the dry run, the manifest and the report. */
final class ProjectFacts {
  /** Non-zero values of a row where nothing tells. */
  private static final double UNKNOWN_NONZEROS = 1000;

  /** A short word and its space. */
  private static final double BYTES_A_WORD = 4;

  /** How many times smaller than its bytes a text may be stored. */
  private static final double MOST_COMPRESSION = 4;

  private ProjectFacts() {}

  /** What would be done with this input. */
  static List<Fact> of(ProjectConfig config, ProjectInput input, Run run) {
    Specification specification = input.settled().specification();
    ProjectionSpec matrix = specification.matrix();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", Source.name(config.input()), input.rows().schema().simpleString()));
    facts.add(new Fact("features", features(input.features()), ""));
    facts.add(new Fact("family", matrix.family().key(), whyFamily(config, matrix)));
    facts.add(new Fact("k", Integer.toString(matrix.k()), whyK(config, specification)));
    facts.add(new Fact("law", law(specification), lawStatus(specification)));
    facts.add(specification(config, specification, run));
    facts.add(
        new Fact(
            "output row",
            String.format(Locale.ROOT, "%,d bytes", outputBytes(config, specification)),
            outputLength(config, matrix)
                + " x "
                + bytes(specification.precision())
                + " before compression"));
    facts.add(kernel(config, specification));
    List<String> passes = passes(config, input);
    facts.add(new Fact("passes", Integer.toString(passes.size()), String.join("; then ", passes)));
    List<String> shuffles = shuffles(config, input);
    facts.add(
        new Fact(
            "shuffles",
            Integer.toString(shuffles.size()),
            shuffles.isEmpty() ? "the projection is a narrow step" : String.join("; ", shuffles)));
    if (!input.settled().note().isEmpty()) {
      facts.add(new Fact("note", input.settled().note(), ""));
    }
    return facts;
  }

  private static Fact kernel(ProjectConfig config, Specification specification) {
    if (config.run().kernel() == Kernel.EXACT) {
      return new Fact("kernel", "exact", "bits = any: equal on every cluster");
    }
    if (ProjectInput.isBack(config) || !RowProjection.hasMatrix(specification)) {
      return new Fact(
          "kernel", "exact", "fast was asked for, but there is no dense matrix to multiply by");
    }
    return new Fact(
        "kernel",
        "fast",
        BlasGemm.ofMachine().blas().getClass().getSimpleName()
            + " on this machine; bits = layout: the last bits depend on machine and batch");
  }

  private static Fact specification(ProjectConfig config, Specification specification, Run run) {
    String why = "all that is shipped to executors";
    boolean counted = config.spec().isPresent() || run.mode() == RunMode.RUN;
    return weighsByFrequency(specification) && !counted
        ? new Fact("specification", "known when document frequencies are counted", why)
        : new Fact("specification", specification.hash(), why);
  }

  static String features(Features features) {
    String columns = String.join(", ", features.columns());
    return features.dimension().isPresent()
        ? "d = " + features.dimension().getAsLong() + " of " + columns
        : "open space of 64-bit ids, text of " + columns;
  }

  static String whyFamily(ProjectConfig config, ProjectionSpec matrix) {
    if (config.spec().isPresent()) {
      return "from spec";
    }
    return whyFamily(config.target(), matrix);
  }

  static String whyFamily(TargetConfig target, ProjectionSpec matrix) {
    if (target.family() != FamilyChoice.AUTO) {
      return "as configured";
    }
    return switch (matrix.family()) {
      case SIGN -> "d is known and at most " + FamilyAdvice.SIGN_UP_TO;
      case SPARSE_SIGN ->
          matrix.d().isPresent()
              ? "d exceeds " + FamilyAdvice.SIGN_UP_TO
              : "the feature space is open";
      case ORTHONORMAL -> "independent entries would need k >= d";
      case HADAMARD, GAUSSIAN, VERY_SPARSE -> "as configured";
    };
  }

  static String whyK(ProjectConfig config, Specification specification) {
    if (config.spec().isPresent()) {
      return "from spec";
    }
    TargetConfig target = config.target();
    if (target.k().given().isPresent()) {
      return "as configured";
    }
    String distances = target.distance().key() + " distances";
    String least =
        String.format(
            Locale.ROOT,
            "smallest k that keeps %s within eps = %s",
            switch (target.guarantee()) {
              case SHARE -> ProjectReport.percent(target.share()) + " of all pairs' " + distances;
              case ALL_PAIRS -> "all pairs' " + distances;
              case QUERIES -> "the " + distances + " of " + target.queries() + " queries";
              case NORMS -> "all norms, " + target.distance().key() + ",";
            },
            target.eps());
    return target.guarantee() == GuaranteeKind.SHARE
        ? least
        : least + " but for a probability of delta = " + target.delta();
  }

  static String law(Specification specification) {
    return specification.matrix().family() == Family.ORTHONORMAL
        ? "Beta(k/2, (d-k)/2)"
        : "chi-square with k degrees of freedom";
  }

  static String lawStatus(Specification specification) {
    return switch (FamilyLaw.of(specification.matrix()).status()) {
      case GUARANTEE -> "a guarantee for this family";
      case REFERENCE -> "a reference for this family; the measured distortion stands beside it";
    };
  }

  static int bytes(Precision precision) {
    return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
  }

  static long outputLength(ProjectConfig config, ProjectionSpec matrix) {
    return ProjectInput.isBack(config) ? matrix.d().orElseThrow() : matrix.k();
  }

  static long outputBytes(ProjectConfig config, Specification specification) {
    return outputLength(config, specification.matrix()) * bytes(specification.precision());
  }

  /** What reads the input, each time whole. */
  private static List<String> passes(ProjectConfig config, ProjectInput input) {
    List<String> passes = new ArrayList<>();
    if (countsRows(config)) {
      passes.add("count rows for the guarantee");
    }
    if (countsVocabulary(config, input)) {
      passes.add("count the vocabulary for the density");
    }
    if (config.spec().isEmpty() && weighsByFrequency(input.settled().specification())) {
      passes.add("count document frequencies");
    }
    passes.add("project and write");
    if (measures(config)) {
      passes.add("id and features once more for the pairs of the distortion");
    }
    return passes;
  }

  private static List<String> shuffles(ProjectConfig config, ProjectInput input) {
    List<String> shuffles = new ArrayList<>();
    if (countsVocabulary(config, input)) {
      shuffles.add("8 bytes for each feature of a text, to count the vocabulary");
    }
    if (config.output().partitions().isPresent()) {
      shuffles.add("the output rows, into output.partitions files");
    }
    return shuffles;
  }

  private static boolean countsRows(ProjectConfig config) {
    TargetConfig target = config.target();
    return config.spec().isEmpty()
        && target.k().given().isEmpty()
        && target.guarantee() != GuaranteeKind.SHARE
        && target.rows().isEmpty();
  }

  private static boolean countsVocabulary(ProjectConfig config, ProjectInput input) {
    return config.spec().isEmpty()
        && config.target().family() == FamilyChoice.VERY_SPARSE
        && config.target().density() == 0
        && input.features().dimension().isEmpty();
  }

  private static boolean weighsByFrequency(Specification specification) {
    return specification.frequencies().isPresent();
  }

  private static boolean measures(ProjectConfig config) {
    return config.pairs() > 0 && !ProjectInput.isBack(config);
  }

  /**
   * The number of pairs to measure: as many as wanted, fewer where the sampled rows would not fit
   * into the driver's allowance.
   *
   * @param n number of rows
   */
  static int affordablePairs(ProjectConfig config, ProjectInput input, long n) {
    int wanted = (int) Math.min(config.pairs(), n / 2);
    int k = input.settled().specification().matrix().k();
    return DistortionSample.affordable(Math.max(1, wanted), nonzeros(config, input, n), k);
  }

  /**
   * Non-zero values of a row to reckon with: d, or for texts what their stored size suggests at
   * most.
   */
  private static double nonzeros(ProjectConfig config, ProjectInput input, long n) {
    if (input.features().dimension().isPresent()) {
      return input.features().dimension().getAsLong();
    }
    TextSpec text = input.settled().specification().text().orElseThrow();
    double features =
        MOST_COMPRESSION
            * (text.maxGram() - text.minGram() + 1)
            / switch (text.unit()) {
              case WORDS -> BYTES_A_WORD;
              case CHARACTERS -> 1;
            };
    Optional<SourceSize> size = Source.size(input.rows().sparkSession(), config.input());
    return size.filter(known -> known.bytes() > 0)
        .map(known -> features * known.bytes() / Math.max(1, n))
        .orElse(UNKNOWN_NONZEROS);
  }
}
