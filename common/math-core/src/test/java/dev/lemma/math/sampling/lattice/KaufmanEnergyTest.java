// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaufmanEnergyTest {
  /** Computed with 40 digits, rounded to ten; half a unit of the last digit and our own error. */
  @ParameterizedTest
  @CsvSource({
    "4, 0.3, -0.844054073624",
    "4, 0.4, -1.37911648226",
    "4, 0.44068679350977, -1.5656237876",
    "4, 0.5, -1.75538028878",
    "8, 0.3, -0.7124673727",
    "8, 0.4, -1.222320643",
    "8, 0.44068679350977, -1.491589107",
    "8, 0.5, -1.74568317",
    "8, 0.6, -1.90906743",
    "32, 0.3, -0.7044990718",
    "32, 0.4, -1.107291661",
    "32, 0.44068679350977, -1.433658466",
    "32, 0.5, -1.745564527",
    "32, 0.6, -1.909086178",
    "64, 0.3, -0.7044990708",
    "64, 0.4, -1.106082992",
    "64, 0.44068679350977, -1.42393839",
    "64, 0.5, -1.745564575",
    "64, 0.6, -1.909086178"
  })
  void agreesWithTheTable(int side, double k, double energy) {
    double digits = String.valueOf(energy).length() > 12 ? 1e-10 : 6e-9;
    assertThat(KaufmanEnergy.perSite(new LatticeSize(side, side), k))
        .isCloseTo(energy, within(digits));
  }

  /** c = -K^2 du/dK, by differences of fourth order, against the other column of the table. */
  @ParameterizedTest
  @CsvSource({
    "4, 0.3, 0.440992653577",
    "4, 0.4, 0.81251522944",
    "4, 0.44068679350977, 0.783266825949",
    "4, 0.5, 0.60553265721",
    "8, 0.3, 0.3113783504",
    "8, 0.4, 1.100475889",
    "8, 0.44068679350977, 1.14555924",
    "8, 0.5, 0.7141226029",
    "8, 0.6, 0.313719899",
    "32, 0.3, 0.2862902162",
    "32, 0.4, 0.8858125011",
    "32, 0.44068679350977, 1.84676759",
    "32, 0.5, 0.7248739782",
    "32, 0.6, 0.3134453581",
    "64, 0.3, 0.2862902029",
    "64, 0.4, 0.8618550832",
    "64, 0.44068679350977, 2.192211393",
    "64, 0.5, 0.7248714486",
    "64, 0.6, 0.3134453581"
  })
  void itsSlopeIsTheHeatCapacity(int side, double k, double capacity) {
    LatticeSize size = new LatticeSize(side, side);
    double h = 2e-4;
    double near = KaufmanEnergy.perSite(size, k + h) - KaufmanEnergy.perSite(size, k - h);
    double far = KaufmanEnergy.perSite(size, k + 2 * h) - KaufmanEnergy.perSite(size, k - 2 * h);
    assertThat(-k * k * (8 * near - far) / (12 * h)).isCloseTo(capacity, within(1e-6));
  }

  @Test
  void agreesWithEnumerationOfAnOblongLattice() {
    LatticeSize size = new LatticeSize(4, 4);
    for (double k : new double[] {0.01, 0.2, IsingModel.CRITICAL, 0.7, 3}) {
      double exact = Enumeration.of(size, k).energyPerSite();
      assertThat(KaufmanEnergy.perSite(size, k)).isCloseTo(exact, within(1e-11));
      assertThat(KaufmanEnergy.perSite(size, -k)).isCloseTo(-exact, within(1e-11));
    }
    assertThat(KaufmanEnergy.perSite(new LatticeSize(4, 6), 0.4))
        .isEqualTo(KaufmanEnergy.perSite(new LatticeSize(6, 4), 0.4))
        .isBetween(-1.3792, -1.2);
  }

  @Test
  void endsOfTheRange() {
    LatticeSize size = new LatticeSize(4096, 4096);
    assertThat(KaufmanEnergy.perSite(size, 0)).isZero();
    assertThat(KaufmanEnergy.perSite(size, 1000)).isEqualTo(-2);
    assertThat(KaufmanEnergy.perSite(size, IsingModel.CRITICAL))
        .isCloseTo(-Math.sqrt(2), within(2e-4));
    assertThat(KaufmanEnergy.perSite(size, 0.3)).isCloseTo(-0.704499070832, within(1e-10));
    assertThatThrownBy(() -> KaufmanEnergy.perSite(size, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
