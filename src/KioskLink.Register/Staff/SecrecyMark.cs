namespace KioskLink.Register.Staff;

/// <summary>The mark that every export of patrons' data carries (R43): in its first line, its header or its name.</summary>
internal static class SecrecyMark
{
    /// <summary>For one line, in both official languages.</summary>
    public const string Line = "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD (621/1999, 24 § 1 mom. 32)";

    /// <summary>The mark in a language; Finnish where there is none.</summary>
    public static string In(string language) => language switch
    {
        "sv" => "SEKRETESSBELAGD (621/1999, 24 § 1 mom. 32 punkten)",
        "en" => "SECRET (Act 621/1999, section 24(1)(32))",
        _ => "SALASSA PIDETTÄVÄ (621/1999, 24 § 1 mom. 32 kohta)",
    };
}
