/** The salt of the empty passphrase: with it in a stack file, the engine has no reason to write one. */
export const SALT = "v1:/7wsRTQu90I=:v1:wKDDTerOv45yd4v9:9xrYBLAIxurIC6h9wChzBip/5dp/GQ==";
