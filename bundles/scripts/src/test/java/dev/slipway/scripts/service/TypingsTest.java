package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.schema.PlatformSchemas;
import dev.slipway.store.json.PlatformJson;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypingsTest {
  private final Registry registry = new Registry(new PlatformJson(), new PlatformSchemas());

  private record Built(Set<String> withheld) implements ScriptHook {
    @Override
    public String name() {
      return "build.after-push";
    }

    @Override
    public String summary() {
      return "Ends */ no comment.";
    }

    @Override
    public String input() {
      return """
      {"type":"object","required":["id"],"properties":{
        "id":{"type":"string","description":"Of the build."},
        "odd name":{"type":["integer","null"]},
        "state":{"enum":["done","it's"]},
        "either":{"anyOf":[{"type":"string"},{"const":7}]},
        "pairs":{"type":"array","items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"number"}}},
        "labels":{"type":"object","additionalProperties":{"type":"boolean"}},
        "nested":{"type":"object","properties":{"deep":{"$ref":"#"}}}}}
      """;
    }

    @Override
    public String result() {
      return "{}";
    }

    @Override
    public String sampleEvent() {
      return "{\"id\":\"1\"}";
    }
  }

  private record Called(String name) implements ScriptApi {
    @Override
    public String summary() {
      return "Counts orders.";
    }

    @Override
    public String arguments() {
      return """
      {"type":"array","minItems":1,"prefixItems":[
        {"title":"shopId","type":"string"},{"title":"no name","type":"object","properties":{"open":{"type":"boolean"}}}]}
      """;
    }

    @Override
    public String result() {
      return "{\"type\":\"integer\"}";
    }

    @Override
    public boolean effect(ScriptCall call) {
      return false;
    }

    @Override
    public Object call(ScriptCall call) {
      return 1;
    }
  }

  @Test
  void hooksAndFunctionsOfPluginsAreTyped() {
    registry.addHook(new Built(Set.of("shop.orders.cancel")));
    registry.addApi(new Called("shop.orders.count"));
    registry.addApi(new Called("shop.orders.cancel"));
    var text = new Typings(registry).text();
    assertThat(text)
        .contains(
            "  type BuildAfterPush = (\n    event: BuildAfterPushEvent,\n    api: BuildAfterPushApi,\n  ) =>")
        .contains("  type BuildAfterPushResult = any;")
        .contains("    /** Of the build. */\n    id: string;\n")
        .contains("  'odd name'?: number | null;\n")
        .contains("  state?: 'done' | 'it\\'s';\n")
        .contains("  either?: string | 7;\n")
        .contains("  pairs?: Array<[number, number]>;\n")
        .contains("  labels?: Record<string, boolean>;\n")
        .contains("    nested?: {\n      deep?: any;\n    };\n")
        .contains(
            "    readonly shop: {\n      readonly orders: {\n"
                + "        /** Counts orders. */\n"
                + "        cancel(shopId: string, arg1?: {\n          open?: boolean;\n        }): Promise<number>;\n")
        .doesNotContain("*/ no comment");
    var own = text.substring(text.indexOf("interface BuildAfterPushFunctions"));
    assertThat(own.substring(0, own.indexOf("\n  }\n")))
        .contains("count(")
        .doesNotContain("cancel(");
  }

  @Test
  void everyHookOfTheHouseIsTyped() {
    var text = new Typings(registry).text();
    for (var type :
        Set.of(
            "AlertCondition",
            "EventListener",
            "RemediationAction",
            "Schedule",
            "WebhookReceive",
            "WebhookTransform")) {
      assertThat(text).contains("  type %s = (\n    event: %sEvent,\n".formatted(type, type));
    }
    assertThat(text)
        .contains("firing: boolean;")
        .contains("outcome: 'done' | 'nothing-to-do' | 'escalate';")
        .contains("points: Array<[number, number]>;");
    assertThat(text.chars().filter(c -> c == '{').count())
        .isEqualTo(text.chars().filter(c -> c == '}').count());
  }
}
