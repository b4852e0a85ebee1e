package io.celonamdm.platform.jamf;

/**
 * A call that creates or changes the profile.
 *
 * @param method POST to create it, PUT to change it
 * @param path its path
 * @param xml the profile, as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // it is a message body and never compared
public record ProfileChange(String method, String path, byte[] xml) {}
