package dev.slipway.scriptworker.graal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "import('data:,')",
        "import x from 'data:,'",
        "import'data:,'",
        "import.meta",
        "x = {...import('data:,')}",
        "x = [...import /* */ ('data:,')]",
        "\ufeffimport('data:,')",
        "x;\ufeffimport('data:,')",
        "import\ufeff('data:,')",
        "export {default}\ufefffrom 'data:,'",
        "export {default} from\ufeff'data:,'",
        "x;\u180eimport('data:,')",
        "import\u180e('data:,')",
        "\u200bimport('data:,')",
        "\u0000import('data:,')"
      })
  void findsWhatLoadsAnotherModule(String source) {
    assertThat(Imports.find(source)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.import('x')",
        "a?.import('x')",
        "a.from('x')",
        "#import('x') {}",
        "$import('x')",
        "_import('x')",
        "reimport('x')",
        "\u00fcimport('x')",
        "a\u200dimport('x')",
        "important('x')",
        "Array.from([1])",
        "[...imports]"
      })
  void leavesNamesThatLookLikeIt(String source) {
    assertThat(Imports.find(source)).isNull();
  }
}
