package dev.slipway.accounts.store.inbox;

import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Inboxes as rows. */
@Component(service = MessageStore.class)
public final class MessageStore {
  private static final int MAX_LIST = 1000;

  private final MessageMapper messages;

  @Activate
  public MessageStore(@Reference Database database) {
    messages = database.mapper(MessageMapper.class);
  }

  public void insert(MessageRow message) {
    messages.insert(message);
  }

  public List<MessageRow> ofUser(UUID userId) {
    return messages.ofUser(userId, MAX_LIST);
  }

  public int unread(UUID userId) {
    return messages.unread(userId);
  }

  /** Flags a message of this user as read; false where there is none. */
  public boolean read(UUID id, UUID userId) {
    return messages.read(id, userId) == 1;
  }
}
