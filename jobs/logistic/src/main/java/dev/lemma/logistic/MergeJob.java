// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.MergeTree;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.ClassMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Adds up stored statistics: a window of days, less those that left it, with decay and drift. */
public final class MergeJob implements Job<MergeConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public MergeJob() {}

  @Override
  public String name() {
    return "logistic-merge";
  }

  @Override
  public String summary() {
    return "adds, subtracts and decays stored statistics; tells drift between windows";
  }

  @Override
  public Class<MergeConfig> configuration() {
    return MergeConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(MergeConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(MergeConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(MergeConfig config, Run run) {
    return facts(config, MergePlan.of(config, run.spark()));
  }

  private static List<Fact> facts(MergeConfig config, MergePlan plan) {
    StatisticsHeader header = plan.table().header();
    StatisticsSize size = size(config, header);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "statistics",
            header.features() + " features, " + header.folds() + " folds",
            "feature hash " + header.featureHash() + ", weights = " + header.weights().key()));
    facts.add(Fact.of("added", plan.added().size()));
    facts.add(Fact.of("subtracted", plan.subtracted().size()));
    if (config.reference().isPresent()) {
      facts.add(Fact.of("compared with", plan.reference().size()));
    }
    plan.base().ifPresent(base -> facts.add(new Fact("base", base.where(), "")));
    facts.add(
        new Fact(
            "scatter",
            "of its own for each of up to " + size.mostPerClass() + " classes",
            ByteSize.describe(size.scatterBytes()) + " a class, memory = " + config.memory()));
    facts.add(new Fact("bits", "any", "equal statistics give equal sums on every cluster"));
    return facts;
  }

  @Override
  public void run(MergeConfig config, Run run) {
    run.input("statistics", config.statistics());
    config.base().ifPresent(path -> run.input("base", path));
    MergePlan plan = run.phase("open statistics", () -> MergePlan.of(config, run.spark()));
    StatisticsHeader header = plan.table().header();
    run.publication().requireSame("features", header.featureHash());
    run.publication().requireSame("folds", Integer.toString(header.folds()));
    run.publication().requireSame("weights", header.weights().key());
    run.bits(Bits.ANY);
    StatisticsSize size = size(config, header);
    JavaRDD<Part<Group>> parts = merged(config, plan, size).persist(StorageLevel.MEMORY_AND_DISK());
    StatisticsSummary summary = run.phase("add up", () -> StatisticsSummary.of(parts, size));
    run.phase(
        "write statistics",
        () ->
            run.publication()
                .write(
                    StatisticsTable.arranged(
                        StatisticsTable.of(run.spark(), parts, plan.keys(), header),
                        config.output())));
    run.metric("added", plan.added().size());
    run.metric("subtracted", plan.subtracted().size());
    summary.tell(run, header, config.keys());
    if (config.reference().isPresent()) {
      run.phase("compare windows", () -> compare(config, run, plan, parts, size));
    }
    parts.unpersist();
    StatsFacts.show(run, facts(config, plan));
  }

  private static void compare(
      MergeConfig config,
      Run run,
      MergePlan plan,
      JavaRDD<Part<Group>> parts,
      StatisticsSize size) {
    StatisticsHeader header = plan.table().header();
    Statistics window = StatisticsParts.gather(parts.collect(), header, size, "window");
    JavaRDD<Part<Group>> other =
        MergeTree.reduce(
            played(plan.table().parts(), plan.reference()),
            plan.reference().size() + 1L,
            StatisticsParts.merge(size),
            size.leastBytes());
    Statistics reference = StatisticsParts.gather(other.collect(), header, size, "reference");
    MergeDrift.of(window, reference).tell(run, config.driftLimit());
  }

  private static StatisticsSize size(MergeConfig config, StatisticsHeader header) {
    StatisticsSize size =
        new StatisticsSize(header.features(), header.folds(), config.memory().bytes());
    size.tooWide()
        .ifPresent(
            problem -> {
              throw new LemmaException(ExitCode.INPUT, problem);
            });
    return size;
  }

  /** The sums: what is added less what is taken away, for each key, fold and kind. */
  private static JavaRDD<Part<Group>> merged(
      MergeConfig config, MergePlan plan, StatisticsSize size) {
    MergeTree.Merge add = StatisticsParts.merge(size);
    JavaRDD<Part<Group>> chosen = played(plan.table().parts(), plan.added());
    long bound = plan.added().size() + 1L;
    if (plan.base().isPresent()) {
      double decay = config.decay();
      chosen = chosen.union(based(plan.base().get(), plan, decay));
    }
    long results = plan.added().values().stream().map(MergePlan.Role::keys).distinct().count();
    double expected = results * size.leastBytes();
    JavaRDD<Part<Group>> sum = MergeTree.reduce(chosen, bound, add, expected);
    if (plan.subtracted().isEmpty()) {
      return sum;
    }
    JavaRDD<Part<Group>> away =
        MergeTree.reduce(
            played(plan.table().parts(), plan.subtracted()),
            plan.subtracted().size() + 1L,
            add,
            expected);
    String where = plan.table().where();
    MergeTree.Merge less =
        (left, right) -> {
          try {
            return ((NamedMoments) left).subtract((NamedMoments) right, size);
          } catch (IllegalArgumentException e) {
            throw StatisticsParts.notContained(where, e);
          }
        };
    return MergeTree.reduce(
            sum.map(part -> new Part<>(part.group(), 0, part.value()))
                .union(away.map(part -> new Part<>(part.group(), 1, part.value()))),
            2,
            less,
            expected)
        .map(part -> requireWhole(part, where));
  }

  /** What is taken away from nothing must be nothing. */
  private static Part<Group> requireWhole(Part<Group> part, String where) {
    ClassMoments moments = ((NamedMoments) part.value()).moments();
    if (part.index() == 1 && moments.rows() > 0) {
      throw StatisticsParts.notContained(
          where,
          new IllegalArgumentException(
              "fold "
                  + StatisticsParts.fold(part.group())
                  + " holds nothing of what is subtracted"));
    }
    return part;
  }

  /** Those of the parts that have a role, in it. */
  private static JavaRDD<Part<Group>> played(
      JavaRDD<Part<Group>> parts, Map<Row, MergePlan.Role> roles) {
    return parts
        .filter(part -> roles.containsKey(part.group().keys))
        .map(
            part -> {
              MergePlan.Role role = roles.get(part.group().keys);
              return new Part<>(
                  new Group(role.keys(), part.group().number),
                  role.index(),
                  ((NamedMoments) part.value()).decay(role.factor()));
            });
  }

  private static JavaRDD<Part<Group>> based(StatisticsTable base, MergePlan plan, double decay) {
    int[] order =
        Arrays.stream(plan.keys().fieldNames())
            .mapToInt(name -> base.keys().fieldIndex(name))
            .toArray();
    return base.parts()
        .map(
            part -> {
              Row keys = null;
              if (order.length > 0) {
                Object[] cells = new Object[order.length];
                Arrays.setAll(cells, c -> part.group().keys.get(order[c]));
                keys = RowFactory.create(cells);
              }
              return new Part<>(
                  new Group(keys, part.group().number),
                  0,
                  ((NamedMoments) part.value()).decay(decay));
            });
  }
}
