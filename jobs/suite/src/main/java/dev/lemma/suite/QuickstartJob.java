// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import dev.lemma.projection.FamilyChoice;
import dev.lemma.projection.GuaranteeKind;
import dev.lemma.projection.PlanText;
import dev.lemma.projection.ProjectConfig;
import dev.lemma.projection.ProjectJob;
import dev.lemma.projection.TargetConfig;
import dev.lemma.projection.TargetDimension;
import dev.lemma.projection.TextConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The first minute: plans, projects 117,791 real documents from an open space of words and pairs of
 * words into a few hundred dimensions, and shows how well distances were kept.
 */
public final class QuickstartJob implements Job<QuickstartConfig> {
  private static final double EPS = 0.2;
  private static final double SHARE = 0.99;
  private static final double DELTA = 0.01;

  private final ProjectJob project = new ProjectJob();

  /** For {@link java.util.ServiceLoader}. */
  public QuickstartJob() {}

  @Override
  public String name() {
    return "quickstart";
  }

  @Override
  public String summary() {
    return "the first minute: plan and project 117,791 real documents, with a report";
  }

  @Override
  public Class<QuickstartConfig> configuration() {
    return QuickstartConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(QuickstartConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(QuickstartConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(QuickstartConfig config, Run run) {
    return project.plan(glosses(config), run);
  }

  @Override
  public void run(QuickstartConfig config, Run run) {
    ProjectConfig glosses = glosses(config);
    run.answer(
        "PLAN (bin/lemma plan guarantee=share): "
            + PlanText.of(glosses.target(), config.run().precision()));
    project.run(glosses, run);
    String path = config.output().path().orElse("the table");
    run.answer(
        """

        NEXT
          look at the report          %1$s/_lemma/report.html
          read the result             spark.read().parquet("%1$s"): id, word, lexname, gloss, projected
          project data of your own    bin/lemma project input.path=... columns.features=... output.path=...
          every job and every key     bin/lemma, bin/lemma help project"""
            .formatted(path));
  }

  /** What {@code bin/lemma project} would be told. */
  private static ProjectConfig glosses(QuickstartConfig config) {
    return new ProjectConfig(
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of(Source.WORDNET), Map.of()),
        new ColumnsConfig(
            Optional.of("id"),
            List.of("gloss"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(List.of("word", "lexname", "gloss"))),
        config.output(),
        new TargetConfig(
            GuaranteeKind.SHARE,
            EPS,
            DistanceScale.SQUARED,
            DELTA,
            SHARE,
            OptionalLong.empty(),
            1,
            new TargetDimension(OptionalInt.empty()),
            OptionalLong.empty(),
            FamilyChoice.AUTO,
            ProjectionSpec.DEFAULT_NONZEROS,
            0),
        new TextConfig(TextUnit.WORDS, 1, 2, Weighting.LOG, RowNorm.L2),
        ProjectConfig.Direction.PROJECT,
        Optional.empty(),
        10_000,
        OptionalDouble.empty(),
        config.run());
  }
}
