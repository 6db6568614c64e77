package dev.slipway.accounts.store.credential;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_token} and {@code accounts_mail_request}. */
public interface TokenMapper extends TableMapper<TokenRow> {
  Table TABLE =
      Table.of(
          "accounts_token", "id", "user_id", "purpose", "token_hash", "created_at", "expires_at");

  /** Whose token it is, which goes on being good; null where there is none such. */
  @Nullable UUID holder(
      @Param("purpose") TokenPurpose purpose,
      @Param("tokenHash") String tokenHash,
      @Param("now") Instant now);

  /** Takes a token out, once; null where there is none that is still good. */
  @Nullable UUID take(
      @Param("purpose") TokenPurpose purpose,
      @Param("tokenHash") String tokenHash,
      @Param("now") Instant now);

  /** Voids all tokens of a user. */
  void voidAll(@Param("userId") UUID userId, @Param("purpose") TokenPurpose purpose);

  /** Makes requests for one address wait for each other until the unit of work ends. */
  void lockAddress(@Param("emailKey") String emailKey);

  /** When this address was asked for since then, the newest first. */
  List<Instant> asked(
      @Param("purpose") TokenPurpose purpose,
      @Param("emailKey") String emailKey,
      @Param("since") Instant since);

  void ask(
      @Param("id") UUID id,
      @Param("purpose") TokenPurpose purpose,
      @Param("emailKey") String emailKey,
      @Param("now") Instant now);

  /** Takes requests that nobody has looked at. */
  List<MailRequest> takeRequests(@Param("limit") int limit);

  int deleteExpired(@Param("before") Instant before, @Param("limit") int limit);

  int deleteRequests(@Param("before") Instant before, @Param("limit") int limit);
}
