package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.schema.PlatformSchemas;
import dev.slipway.store.json.PlatformJson;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry registry = new Registry(new PlatformJson(), new PlatformSchemas());

  private record Hooked(String name, String input, String sampleEvent) implements ScriptHook {
    @Override
    public String summary() {
      return "A hook of another bundle.";
    }

    @Override
    public String result() {
      return "{}";
    }
  }

  private record Named(String name) implements ScriptApi {
    @Override
    public String summary() {
      return "A function of another bundle.";
    }

    @Override
    public String arguments() {
      return "{\"type\":\"array\"}";
    }

    @Override
    public String result() {
      return "{}";
    }

    @Override
    public boolean effect(ScriptCall call) {
      return false;
    }

    @Override
    public Object call(ScriptCall call) {
      return true;
    }
  }

  @Test
  void offersHooksOfOtherBundlesAsLongAsTheyAreThere() {
    var hook = new Hooked("build.finished", "{\"type\":\"object\"}", "{}");
    registry.addHook(hook);
    assertThat(registry.find("build.finished")).isPresent();
    registry.removeHook(hook);
    assertThat(registry.find("build.finished")).isEmpty();
  }

  @Test
  void offersNoHookThatCanNotBeTrusted() {
    registry.addHook(new Hooked("schedule", "{\"type\":\"object\"}", "{}"));
    registry.addHook(new Hooked("a.b", "{\"$ref\":\"#/none\"}", "{}"));
    registry.addHook(new Hooked("a.c", "{\"type\":\"object\",\"required\":[\"x\"]}", "{}"));
    registry.addHook(new Hooked("A b", "{\"type\":\"object\"}", "{}"));
    assertThat(registry.hooks()).hasSize(6);
    assertThat(registry.require("schedule").input().members()).containsKey("required");
  }

  @Test
  void offersNoFunctionWhoseNameClashes() {
    registry.addApi(new Named("shop.orders"));
    registry.addApi(new Named("shop.orders"));
    registry.addApi(new Named("shop"));
    registry.addApi(new Named("shop.orders.count"));
    registry.addApi(new Named("log"));
    registry.addApi(new Named("event.x"));
    registry.addApi(new Named("no name"));
    assertThat(registry.functions()).hasSize(1);
  }
}
