namespace KioskLink.Sip2.Server;

/// <summary>Which branch a request is for.</summary>
public enum InstitutionRule
{
    /// <summary>The one that AO of the request names; that of the profile where AO is empty.</summary>
    AsAsked = 0,

    /// <summary>That of the profile, whatever the request says.</summary>
    Own,
}
