// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Fact;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.lowrank.SvdSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The derived numbers of a decomposition, for the dry run and the report. */
final class SvdFacts {
  private SvdFacts() {}

  static List<Fact> of(SvdConfig config, SvdInput input) {
    MatrixRows matrix = input.matrix();
    SvdSettings settings = config.settings();
    int n = matrix.dimension();
    int l = HeldWhole.width(n, settings);
    boolean exact = config.run().kernel() == Kernel.EXACT;
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("input", Source.name(config.input()), matrix.rows().schema().simpleString()));
    facts.add(
        new Fact(
            "features", "d = " + n + " of " + String.join(", ", matrix.features().columns()), ""));
    facts.add(
        new Fact(
            "columns of W",
            config.tolerance().isPresent()
                ? settings.startWidth(n) + " to " + settings.mostWidth(n)
                : Integer.toString(settings.startWidth(n)),
            config.tolerance().isPresent()
                ? "doubled until the tolerance holds"
                : "rank + oversampling = "
                    + config.rank().getAsInt()
                    + " + "
                    + settings.oversampling()
                    + ", at most d"));
    facts.add(
        new Fact(
            "columns are",
            switch (config.preparation()) {
              case RAW -> "left as they are";
              case CENTERED -> "centred";
              case STANDARDIZED -> "centred and scaled";
            },
            "by corrections of the sums, with no read of their own"));
    facts.add(
        new Fact(
            "reads",
            exact
                ? "1 of the input, then its copy in the leaves; 1 more for the scores"
                : (config.tolerance().isPresent() ? "at least " : "")
                    + settings.reads()
                    + " for the decomposition, 1 more for the scores",
            key(config.mode()) + (settings.reads() == 1 ? ": a sketch that can be added to" : "")));
    facts.add(
        new Fact(
            "shuffles",
            exact ? "1 of the rows, and the sums of each read" : "the sums of each read",
            input.blocks().isPresent()
                ? "of each block a partial sum of at most "
                    + ByteSize.describe(input.blocks().get().blockBytes(l))
                    + " a chunk of rows"
                : "partial sums of "
                    + ByteSize.describe(8.0 * n * settings.startWidth(n))
                    + " a task"));
    facts.addAll(memory(config, input, n, l));
    facts.add(
        exact
            ? new Fact("kernel", "exact", "bits = any: equal on every cluster")
            : new Fact(
                "kernel",
                "fast",
                BlasGemm.ofMachine().blas().getClass().getSimpleName()
                    + " on this machine; bits = layout"));
    return facts;
  }

  private static List<Fact> memory(SvdConfig config, SvdInput input, int n, int l) {
    if (input.blocks().isEmpty()) {
      return List.of(
          new Fact(
              "driver memory",
              ByteSize.describe(HeldWhole.driverBytes(n, config.settings())),
              "six matrices of n x l; at most memory = " + config.memory()));
    }
    ColumnBlocks blocks = input.blocks().get();
    return List.of(
        new Fact(
            "column blocks",
            blocks.count() + " of " + blocks.width(),
            config.blockColumns().isPresent()
                ? "as block-columns says"
                : "W held whole would take "
                    + ByteSize.describe(HeldWhole.driverBytes(n, config.settings()))
                    + " of the driver"),
        new Fact(
            "driver memory",
            ByteSize.describe(blocks.driverBytes(l)),
            "four blocks and the triangles; at most memory = " + config.memory()),
        new Fact(
            "task memory",
            ByteSize.describe(blocks.taskBytes(l)),
            "four blocks and a chunk of rows"));
  }

  /** A constant as keys spell it. */
  static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
