package dev.slipway.apps.service.app;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hears how deletions end. A teardown that failed, or that nobody ever worked on, leaves a failed
 * operation; the app must not stay "deleting" for ever then.
 */
@Component(service = EventListener.class)
public final class DeletionWatch implements EventListener {
  private static final Set<String> WITHOUT_SUCCESS = Set.of("failed", "cancelled");

  private final AppDeletion deletion;

  /** Made by the component runtime. */
  @Activate
  public DeletionWatch(@Reference AppDeletion deletion) {
    this.deletion = deletion;
  }

  @Override
  public String name() {
    return "apps.deletions";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("activity.operation.changed");
  }

  @Override
  public void on(StoredEvent event) {
    var tenantId = event.tenantId();
    var appId = event.uuid("entity_id");
    if (tenantId != null && appId != null && endedWithoutSuccess(event)) {
      deletion.failed(tenantId, appId, event.subjectId());
    }
  }

  /** The status is the operation's own; a failed step alone has another member. */
  private static boolean endedWithoutSuccess(StoredEvent event) {
    var status = event.text("status");
    return AppDeletion.OPERATION.equals(event.text("operation_type"))
        && status != null
        && WITHOUT_SUCCESS.contains(status);
  }
}
