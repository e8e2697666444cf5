// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Is this cluster right, and how fast is it? */
public final class SelfcheckJob implements Job<SelfcheckConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public SelfcheckJob() {}

  @Override
  public String name() {
    return "selfcheck";
  }

  @Override
  public String summary() {
    return "known answers and rates on every executor: does this cluster compute right, how fast?";
  }

  @Override
  public Class<SelfcheckConfig> configuration() {
    return SelfcheckConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(SelfcheckConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(SelfcheckConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(SelfcheckConfig config, Run run) {
    List<Fact> facts = new ArrayList<>();
    long known =
        KnownAnswers.all().stream().filter(check -> check.demand() == Demand.KNOWN).count();
    facts.add(
        new Fact(
            "executors",
            config.executors().isPresent()
                ? "at least " + config.executors().getAsInt()
                : "as many as Spark was told to start, or all that register",
            "waits up to "
                + SelfcheckReport.duration(config.patience())
                + " for them, and again for answers"));
    facts.add(
        new Fact(
            "answers",
            known + " known ones on each executor",
            "generator, hashes, projections, BLAS, Gram matrices, log-sum-exp, sums, primes"));
    facts.add(
        new Fact(
            "shared work",
            "primes to " + config.primes() + ", 3^16 colourings of the cross",
            "spread over all executors; the totals are known"));
    facts.add(
        new Fact(
            "memory",
            "about " + ByteSize.describe(6.0 * config.volume().bytes()) + " an executor",
            "four times volume is scanned, as far as a quarter of the free heap allows"));
    facts.add(
        new Fact(
            "traffic",
            "4 x " + config.volume() + " an executor",
            "local disk, network, shuffle, rows written and read"));
    facts.add(
        config
            .input()
            .map(
                input ->
                    new Fact(
                        "input",
                        Source.name(input) + ", " + columns(Source.read(run.spark(), input)),
                        "read for 2 s a task at most, 4 tasks a slot"))
            .orElse(new Fact("input", "rows of its own", "written, read and removed")));
    facts.add(
        new Fact(
            "gate",
            "code 5",
            "an executor that computes wrong, is silent, or is "
                + config.slower()
                + " times slower than the median of its peers"));
    return facts;
  }

  private static String columns(Dataset<Row> rows) {
    return rows.columns().length + " columns";
  }

  @Override
  public void run(SelfcheckConfig config, Run run) throws Exception {
    config.input().ifPresent(input -> Source.record(run, "input", input));
    Optional<Dataset<Row>> input =
        config
            .input()
            .map(from -> run.phase("open the input", () -> Source.read(run.spark(), from)));
    SparkContext context = run.spark().sparkContext();
    Survey survey = new Survey(config, run, context);
    run.phase("await executors", survey::gather);
    run.phase("examine every executor", survey::examine);
    if (!survey.isWhole()) {
      run.warn("work for all executors together was left out, since not all of them answer");
    } else if (survey.hasWrongAnswers()) {
      run.warn("work for all executors together was left out, since not all of them answer right");
    } else {
      together(config, run, survey, input);
    }
    survey.countAgain();
    Verdict verdict = run.phase("judge", survey::verdict);
    conclude(config, run, survey, verdict);
  }

  private static void together(
      SelfcheckConfig config, Run run, Survey survey, Optional<Dataset<Row>> input)
      throws Exception {
    run.phase("compare clocks", survey::clocks);
    CommonWork work = new CommonWork(config, run.spark().sparkContext(), survey.places().size());
    run.phase("sum primes", () -> work.share(SharedWork.primes(config.primes())));
    run.phase("count colourings", () -> work.share(SharedWork.colourings()));
    run.phase("shuffle", work::shuffle);
    if (input.isPresent()) {
      run.phase("read the input", () -> work.scan(input::get));
    } else {
      OwnRows rows = new OwnRows(run, survey.places().size(), config.volume().bytes());
      try {
        if (run.phase("write rows", () -> work.write(rows))) {
          run.phase("read rows", () -> work.scan(rows::read));
        }
      } finally {
        rows.remove();
      }
    }
    survey.include(work);
  }

  private static void conclude(SelfcheckConfig config, Run run, Survey survey, Verdict verdict) {
    verdict.warnings().forEach(run::warn);
    List<Problem> problems = new ArrayList<>(survey.absences());
    problems.addAll(verdict.problems());
    new SelfcheckReport(config, survey.places(), verdict, problems).describe(run);
    run.answer(new SelfcheckLines(survey.places(), verdict, problems).text());
    Dataset<Row> table =
        run.spark()
            .createDataFrame(
                verdict.readings().stream().map(Reading::toRow).toList(), Reading.SCHEMA)
            .coalesce(1);
    run.rows(0, verdict.readings().size(), 0);
    if (problems.isEmpty()) {
      run.phase("write the table", () -> run.publication().write(table));
    } else {
      run.phase("write the table", () -> run.publication().writeToRun("readings", table));
      throw new LemmaException(ExitCode.GATE, problems);
    }
  }
}
