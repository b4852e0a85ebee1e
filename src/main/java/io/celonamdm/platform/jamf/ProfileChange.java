package io.celonamdm.platform.jamf;

/**
 * A call that makes or changes the profile.
 *
 * @param method POST to make it, PUT to change it
 * @param path where
 * @param xml the profile, as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // it is a message body and never compared
public record ProfileChange(String method, String path, byte[] xml) {}
