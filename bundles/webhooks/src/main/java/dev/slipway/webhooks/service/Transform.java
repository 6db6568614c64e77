package dev.slipway.webhooks.service;

import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Lets the scripts of an endpoint's tenant change or drop what is about to be sent; at each attempt
 * anew, from what was queued. Without scripts all is sent as it is.
 */
@Component(service = Transform.class)
public final class Transform {
  static final String HOOK = "webhook.transform";

  private final Json json;
  private volatile @Nullable Scripts scripts;

  @Activate
  public Transform(@Reference Json json) {
    this.json = json;
  }

  /** The feature that runs scripts is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindScripts(Scripts present) {
    scripts = present;
  }

  /** It is gone. */
  public void unbindScripts(Scripts gone) {
    if (scripts == gone) {
      scripts = null;
    }
  }

  /**
   * What becomes of a delivery.
   *
   * @param payload the body to send
   * @param droppedBy the script that wants nothing sent; null where none does
   */
  record Transformed(String payload, @Nullable String droppedBy) {}

  /** Of several scripts the last one's result counts; one that fails changes nothing. */
  Transformed apply(Endpoint endpoint, Delivery delivery) throws InterruptedException {
    var present = scripts;
    if (present == null || !present.attached(endpoint.tenantId(), HOOK)) {
      return new Transformed(delivery.payload(), null);
    }
    var trigger = new ScriptTrigger("webhook", delivery.id().toString());
    var runs =
        present.run(endpoint.tenantId(), HOOK, event(endpoint, delivery), trigger).stream()
            .filter(ScriptRun::succeeded)
            .toList();
    return transformed(delivery, runs);
  }

  private Transformed transformed(Delivery delivery, List<ScriptRun> runs) {
    var payload = delivery.payload();
    for (var run : runs) {
      if (run.result() == null) {
        return new Transformed(payload, run.scriptName());
      }
      payload = json.write(run.result());
    }
    return new Transformed(payload, null);
  }

  private Map<String, @Nullable Object> event(Endpoint endpoint, Delivery delivery) {
    var event = new LinkedHashMap<String, @Nullable Object>();
    event.put("webhook_id", endpoint.id().toString());
    event.put("event_type", delivery.eventType());
    event.put("url", endpoint.url());
    event.put("payload", json.read(delivery.payload(), Map.class));
    return event;
  }
}
