package dev.slipway.apps.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.apps.store.Slugs;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugRuleTest {
  final UUID tenant = Ids.next();

  @ParameterizedTest
  @CsvSource({
    "My Shop, my-shop",
    "'  Crème brûlée!  ', creme-brulee",
    "Straße 7, strasse-7",
    "Łódź & Ørsted, lodz-orsted",
    "İstanbul ısı, istanbul-isi",
    "ＦＵＬＬ width, full-width",
    "---a---b---, a-b",
    "xn--bcher-kva, xn-bcher-kva",
    "../../etc/passwd, etc-passwd",
    "'a; rm -rf /', a-rm-rf",
    "日本語, app",
    "🚀, app",
    "🚀 launch, launch"
  })
  void namesBecomeSlugs(String name, String slug) {
    assertThat(SlugRule.derive(name, "app")).isEqualTo(slug);
    assertThat(SlugRule.fault(slug)).isNull();
  }

  @Test
  void aLongNameIsCutToOneLabelWithoutAHyphenAtItsEnd() {
    var slug = SlugRule.derive("a".repeat(62) + " tail", "app");
    assertThat(slug).isEqualTo("a".repeat(62));
    assertThat(SlugRule.derive("\ufdfa".repeat(120), "app")).isEqualTo("app");
    assertThat(SlugRule.derive("ß".repeat(63), "app")).hasSize(63);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "a-b-c", "shop2", "0123456789"})
  void acceptsLabels(String slug) {
    assertThat(SlugRule.fault(slug)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-a", "a-", "a--b", "xn--a", "A", "a_b", "a.b", "a/b", "..", "é", "a\n", "a b",
        "a\u0000", "$(id)", "٣"
      })
  void refusesWhatIsNoLabel(String slug) {
    assertThat(SlugRule.fault(slug)).isNotNull();
  }

  @Test
  void refusesLongSlugsWithoutLookingFurther() {
    assertThat(SlugRule.fault("a".repeat(63))).isNull();
    assertThat(SlugRule.fault("a".repeat(64))).isNotNull();
    assertThat(SlugRule.fault("a-".repeat(500_000) + "a")).isNotNull();
  }

  @Test
  void aGivenSlugIsTakenAsItIs() {
    assertThat(SlugRule.choose(new Taken("shop"), tenant, "shop", "Other", "app"))
        .isEqualTo("shop");
  }

  @Test
  void aDerivedSlugGetsTheLowestFreeNumber() {
    assertThat(chosen("Shop")).isEqualTo("shop");
    assertThat(chosen("Shop", "shop")).isEqualTo("shop-2");
    assertThat(chosen("Shop", "shop", "shop-2", "shop-4")).isEqualTo("shop-3");
  }

  @Test
  void aNumberedSlugIsStillOneLabel() {
    var full = "a".repeat(63);
    var slug = chosen(full, full);
    assertThat(slug).isEqualTo("a".repeat(56) + "-2");
    assertThat(chosen("b".repeat(55) + " " + "c".repeat(7), "b".repeat(55) + "-" + "c".repeat(7)))
        .isEqualTo("b".repeat(55) + "-2");
  }

  String chosen(String name, String... taken) {
    var slugs = new Taken(taken);
    var slug = SlugRule.choose(slugs, tenant, null, name, "app");
    assertThat(slugs.held).as("choosing is done one at a time").isTrue();
    assertThat(SlugRule.fault(slug)).isNull();
    return slug;
  }

  static final class Taken implements Slugs {
    final Set<String> slugs;
    boolean held;

    Taken(String... slugs) {
      this.slugs = new HashSet<>(Set.of(slugs));
    }

    @Override
    public int hold(UUID tenantId) {
      held = true;
      return 1;
    }

    @Override
    public boolean isTaken(UUID tenantId, String slug) {
      return slugs.contains(slug);
    }

    @Override
    public int freeNumber(UUID tenantId, String stem) {
      var number = 2;
      while (slugs.contains(stem + "-" + number)) {
        number++;
      }
      return number;
    }
  }
}
