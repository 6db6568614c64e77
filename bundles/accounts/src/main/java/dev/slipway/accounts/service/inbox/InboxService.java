package dev.slipway.accounts.service.inbox;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The caller's inbox. */
@Component(service = InboxService.class)
public final class InboxService {
  private static final Scope SCOPE = Scope.platform("messages belong to users, not to tenants");

  private final Database db;
  private final MessageStore messages;

  @Activate
  public InboxService(@Reference Database db, @Reference MessageStore messages) {
    this.db = db;
    this.messages = messages;
  }

  /** The newest 1000, the latest first. */
  public List<MessageRow> list(Caller caller) {
    var userId = caller.requireUser();
    return db.read(SCOPE, () -> messages.ofUser(userId));
  }

  /** How many have not been read. */
  public int unread(Caller caller) {
    var userId = caller.requireUser();
    return db.read(SCOPE, () -> messages.unread(userId));
  }

  /** Flags one as read; once more changes nothing. */
  public void read(Caller caller, UUID messageId) {
    var userId = caller.requireUser();
    db.run(
        SCOPE,
        () -> {
          if (!messages.read(messageId, userId)) {
            throw AccountsError.MESSAGE_NOT_FOUND.of();
          }
        });
  }
}
