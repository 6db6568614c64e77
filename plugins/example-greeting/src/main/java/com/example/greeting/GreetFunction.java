package com.example.greeting;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets tenants' scripts greet somebody: {@code await api.greeting.greet("Ada")}. */
@Component
public final class GreetFunction implements ScriptApi {
  private final GreetingStore store;

  @Activate
  public GreetFunction(@Reference GreetingStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "greeting.greet";
  }

  @Override
  public String summary() {
    return "Greets somebody and gives the greeting";
  }

  @Override
  public String arguments() {
    return """
        { "type": "array", "minItems": 1, "maxItems": 1,
          "prefixItems": [
            { "type": "string", "title": "name", "minLength": 1, "maxLength": 80 } ] }
        """;
  }

  @Override
  public String result() {
    return "{ \"type\": \"string\" }";
  }

  /** Others see the greeting, so it is recorded, and not made in a dry run. */
  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public Object call(ScriptCall call) {
    return store.greet(call.tenantId(), name(call)).text();
  }

  @Override
  public String describe(ScriptCall call) {
    return "greets " + name(call);
  }

  private static String name(ScriptCall call) {
    return Objects.requireNonNull(call.text(0), "the arguments ask for a name");
  }
}
