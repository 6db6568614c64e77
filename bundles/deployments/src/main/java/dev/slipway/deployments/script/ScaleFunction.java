package dev.slipway.deployments.script;

import dev.slipway.api.CommonError;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.service.deployment.ScaleService;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.actions.scale(appId, replicas, process)}; without a process what answers requests. */
@Component(service = ScriptApi.class)
public final class ScaleFunction implements ScriptApi {
  private final ScaleService scales;
  private final Apps apps;

  @Activate
  public ScaleFunction(@Reference ScaleService scales, @Reference Apps apps) {
    this.scales = scales;
    this.apps = apps;
  }

  @Override
  public String name() {
    return "actions.scale";
  }

  @Override
  public String summary() {
    return "Runs an app, or one of its processes, in so many instances; returns the deployment that does it, null where so many run already.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":2,"maxItems":3,"prefixItems":[{"title":"appId","type":"string","format":"uuid","minLength":36,"maxLength":36},{"title":"replicas","type":"integer","minimum":0,"maximum":20},{"title":"process","type":["string","null"],"maxLength":30}]}
        """;
  }

  @Override
  public String result() {
    return """
        {"type":"object","required":["deployment_id"],"properties":{"deployment_id":{"type":["string","null"]}}}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    var process = process(call);
    return "run "
        + (process == null ? "" : process + " of ")
        + "app "
        + call.text(0)
        + " in "
        + replicas(call)
        + " instances";
  }

  @Override
  public Object call(ScriptCall call) {
    call.owner().require(Role.USER);
    return said(scaled(call).map(deployment -> deployment.id().toString()).orElse(null));
  }

  private Optional<Deployment> scaled(ScriptCall call) {
    var app = Arguments.id(call, 0);
    var process = process(call);
    if (process != null) {
      return scales.scale(call.owner(), app, process, replicas(call));
    }
    if (replicas(call) < 1) {
      throw CommonError.INVALID.of().withField("replicas", "must be between 1 and 20");
    }
    return scales.scale(call.owner(), app, replicas(call));
  }

  @Override
  public Object dry(ScriptCall call) {
    apps.require(Scope.of(call.owner()), Arguments.id(call, 0));
    return said(null);
  }

  /** Null = what answers requests. */
  private static @Nullable String process(ScriptCall call) {
    var process = call.text(2);
    return AppProcess.WEB.equals(process) ? null : process;
  }

  private static int replicas(ScriptCall call) {
    return ((Number) Objects.requireNonNull(call.argument(1))).intValue();
  }

  private static Object said(@Nullable String deploymentId) {
    return Collections.singletonMap("deployment_id", deploymentId);
  }
}
