// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Fact;
import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.KaufmanEnergy;
import dev.lemma.math.sampling.lattice.LatticeSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The derived numbers of a lattice run: for the dry run and the report. */
final class LatticeFacts {
  /** Two numbers a draw while sweeping, then those of the table and of its blocks. */
  private static final int DRAW_BYTES = 16;

  private static final int CELL_BYTES = 16;
  private static final String BETA_FACT = "inverse temperature";

  private LatticeFacts() {}

  /** Mean energy per site, where a closed form has it. */
  static OptionalDouble exactEnergy(LatticeConfig config) {
    if (config.model() != LatticeConfig.Model.ISING
        || config.input().isPresent()
        || config.annealing().isOn()
        || config.field() != 0) {
      return OptionalDouble.empty();
    }
    double k = config.coupling() * config.schedule().to();
    return OptionalDouble.of(config.coupling() * KaufmanEnergy.perSite(config.size(), k));
  }

  /** Facts of a lattice. */
  static List<Fact> ofLattice(LatticeConfig config, LatticePlan plan) {
    List<Fact> facts = new ArrayList<>();
    LatticeSize size = config.size();
    facts.add(
        new Fact(
            "sites",
            Quantity.count(size.sites()).text(),
            size.rows() + " x " + size.columns() + ", periodic; 2 colours"));
    model(config, facts);
    facts.add(
        new Fact(
            "strips",
            String.valueOf(plan.strips()),
            config.strips().isPresent()
                ? "as asked for"
                : plan.strips() == 1
                    ? "cutting would cost more than it gains"
                    : "an estimated "
                        + Quantity.seconds(plan.secondsPerSweep())
                        + " a sweep of all replicas, and "
                        + Quantity.seconds(plan.secondsWhole())
                        + " without cutting"));
    rounds(config, plan, facts);
    facts.add(
        plan.strips() == 1
            ? new Fact("shuffles", "0", "a replica stays where it is")
            : new Fact(
                "shuffles",
                Quantity.count(plan.rounds(all(config))).text(),
                "one a round, of "
                    + 2 * plan.sweeps()
                    + " rows to either side of a strip; the rows are swept twice"));
    memory(config, size.sites(), facts);
    exactEnergy(config)
        .ifPresent(
            energy ->
                facts.add(
                    new Fact(
                        "exact energy per site",
                        String.valueOf(energy),
                        "Kaufman's partition function of the finite lattice")));
    return facts;
  }

  /** Facts of a graph, before it is read. */
  static List<Fact> ofInput(LatticeConfig config, BondTable bonds) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", bonds.rows().schema().simpleString(), ""));
    facts.add(
        new Fact(
            "graph",
            "whole on the driver and on each executor",
            "about 64 bytes a bond on the driver; at most " + BondTable.MOST_BONDS + " bonds"));
    model(config, facts);
    facts.add(new Fact("shuffles", "0", "a replica stays where it is"));
    memory(config, 0, facts);
    return facts;
  }

  /** Facts of a graph that was read. */
  static List<Fact> ofGraph(LatticeConfig config, LatticePlan plan, BondTable.Bonds bonds) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "sites",
            Quantity.count(bonds.graph().sites()).text(),
            Quantity.count(bonds.graph().bonds())
                + " bonds, "
                + bonds.graph().colours()
                + " colours by greedy colouring"));
    model(config, facts);
    rounds(config, plan, facts);
    facts.add(new Fact("shuffles", "0", "a replica stays where it is"));
    memory(config, bonds.graph().sites(), facts);
    return facts;
  }

  private static void model(LatticeConfig config, List<Fact> facts) {
    BetaSchedule schedule = config.schedule();
    facts.add(
        config.annealing().isOn()
            ? new Fact(
                BETA_FACT,
                schedule.from() + " to " + schedule.to(),
                schedule.law().name().toLowerCase(Locale.ROOT)
                    + " over "
                    + Quantity.count(schedule.cycle())
                    + " sweeps"
                    + (config.annealing().cycles() > 1
                        ? ", " + config.annealing().cycles() + " times"
                        : ""))
            : new Fact(
                BETA_FACT,
                String.valueOf(schedule.to()),
                config.beta().isPresent()
                    ? ""
                    : "where the infinite square lattice orders; its sweeps decorrelate slowly"));
  }

  private static void rounds(LatticeConfig config, LatticePlan plan, List<Fact> facts) {
    facts.add(
        new Fact(
            "rounds",
            Quantity.count(plan.rounds(all(config))).text(),
            "of "
                + Quantity.count(plan.sweeps())
                + (plan.sweeps() == 1 ? " sweep, " : " sweeps, ")
                + Quantity.count(plan.tasks())
                + (plan.tasks() == 1 ? " task" : " tasks")
                + " each; the state is written down every 16 rounds"));
  }

  private static void memory(LatticeConfig config, long sites, List<Fact> facts) {
    long draws = config.sweeps() * config.replicas();
    int cells = LatticeDraws.names(config).size();
    facts.add(
        new Fact(
            "driver memory",
            Quantity.bytes(draws * (DRAW_BYTES + (long) CELL_BYTES * cells)).text(),
            "for the " + Quantity.count(draws) + " draws, besides at most 100 MB"));
    if (sites > 0) {
      facts.add(
          new Fact(
              "spins",
              Quantity.bytes(sites * config.replicas()).text(),
              "over all executors, a byte a site, four times while a round runs"));
    }
    facts.add(
        new Fact("bits", "any", "a draw is a function of seed, site, sweep and replica alone"));
  }

  private static long all(LatticeConfig config) {
    return config.warmupSweeps() + config.sweeps();
  }
}
