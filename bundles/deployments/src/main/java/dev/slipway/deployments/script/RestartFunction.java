package dev.slipway.deployments.script;

import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.service.action.ActionService;
import dev.slipway.deployments.store.ActionRow;
import java.util.Collections;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.actions.restart(appId)}. */
@Component(service = ScriptApi.class)
public final class RestartFunction implements ScriptApi {
  private final ActionService actions;
  private final Apps apps;

  @Activate
  public RestartFunction(@Reference ActionService actions, @Reference Apps apps) {
    this.actions = actions;
    this.apps = apps;
  }

  @Override
  public String name() {
    return "actions.restart";
  }

  @Override
  public String summary() {
    return "Restarts the containers of an app; returns the operation to follow.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":1,"prefixItems":[{"title":"appId","type":"string","format":"uuid","minLength":36,"maxLength":36}]}
        """;
  }

  @Override
  public String result() {
    return """
        {"type":"object","required":["operation_id"],"properties":{"operation_id":{"type":["string","null"]}}}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    return "restart app " + call.text(0);
  }

  @Override
  public Object call(ScriptCall call) {
    call.owner().require(Role.USER);
    var operation = actions.request(call.owner(), Arguments.id(call, 0), ActionRow.Kind.RESTART);
    return Map.of("operation_id", operation.toString());
  }

  @Override
  public Object dry(ScriptCall call) {
    apps.require(Scope.of(call.owner()), Arguments.id(call, 0));
    return Collections.singletonMap("operation_id", null);
  }
}
