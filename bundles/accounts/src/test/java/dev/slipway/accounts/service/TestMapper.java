package dev.slipway.accounts.service;

import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements that tests need and the feature does not have yet. */
public interface TestMapper {
  @Update("update accounts_user set active = #{active} where id = #{id}")
  int setUserActive(@Param("id") UUID id, @Param("active") boolean active);

  @Update("update accounts_tenant set active = #{active} where id = #{id}")
  int setTenantActive(@Param("id") UUID id, @Param("active") boolean active);

  @Update("update accounts_api_key set active = false where id = #{id}")
  int revokeKey(@Param("id") UUID id);

  @Update("update accounts_session set expires_at = #{at} where id = #{id}")
  int expireSession(@Param("id") UUID id, @Param("at") Instant at);

  @Update("update accounts_refresh_token set expires_at = #{at} where session_id = #{session}")
  int expireTokens(@Param("session") UUID session, @Param("at") Instant at);

  @Insert(
      "insert into accounts_user (id, email, email_key, display_name, email_verified, active,"
          + " auth_methods, created_at, updated_at) values (gen_random_uuid(), 'x',"
          + " 'root@localhost', 'x', false, true, '[]', now(), now())")
  int block();

  @Update("delete from accounts_user where email = 'x'")
  int unblock();

  @Insert(
      "insert into accounts_invitation (id, tenant_id, email, email_key, role, token_hash, status,"
          + " invited_by, expires_at, created_at) values (gen_random_uuid(), #{tenant}, #{email},"
          + " #{email}, 'admin', #{hash}, 'pending', #{by}, #{expires}, now())")
  int invite(
      @Param("tenant") UUID tenant,
      @Param("email") String email,
      @Param("hash") String hash,
      @Param("by") UUID by,
      @Param("expires") Instant expires);

  @Select("select count(*) from accounts_guess")
  int guesses();

  @Update("update accounts_guess set last_at = last_at - interval '25 hours'")
  int ageGuesses();

  @Update("update accounts_guess set locked_until = now() where email_key = #{key}")
  int endLock(@Param("key") String key);

  @Update("update accounts_token set expires_at = now() where user_id = #{user}")
  int expireMailedTokens(@Param("user") UUID user);

  @Update("update accounts_invitation set expires_at = now() where email_key = #{email}")
  int expireInvitations(@Param("email") String email);

  @Update("update accounts_oidc_state set expires_at = now()")
  int expireOidcStates();

  @Update(
      "update accounts_session set last_active_at = last_active_at - interval '1 hour'"
          + " where user_id = #{user}")
  int idleSessions(@Param("user") UUID user);

  @Select("select count(*) from accounts_token where user_id = #{user}")
  int mailedTokens(@Param("user") UUID user);

  @Select("select count(*) from accounts_mail_request where email_key = #{key}")
  int mailRequests(@Param("key") String key);

  @Select("select count(*) from accounts_user where email_key = #{key}")
  int users(@Param("key") String key);

  @Select("select count(*) from accounts_tenant where root")
  int roots();

  @Select("select count(*) from accounts_refresh_token where token_hash = #{value}")
  int tokens(@Param("value") String value);

  @Select("select count(*) from accounts_refresh_token where session_id = #{session}")
  int tokensOf(@Param("session") UUID session);

  @Select("select count(*) from accounts_session where id = #{id} and revoked_at is not null")
  int revoked(@Param("id") UUID id);

  @Select("select count(*) from pg_locks where not granted")
  int waiting();

  @Select("select count(*) from accounts_session where id = #{id}")
  int sessions(@Param("id") UUID id);
}
