namespace KioskLink.Sip2.Client;

/// <summary>Whether a library system's answer opens a door: yes only where it says yes in every word that counts.</summary>
public sealed record DoorRule
{
    /// <summary>Flags that keep a door shut. Some mean "no borrowing" only, so this differs between libraries.</summary>
    public PatronFlags RefusingFlags { get; init; } = PatronFlags.ChargeDenied | PatronFlags.CardLost;

    /// <summary>The field in which 0 means no access to self-service hours, such as PA; null where the library system has none.</summary>
    public string? AccessField { get; init; }

    /// <summary>Whether the patron may come in. A missing CQ is no right PIN; another card's answer is none.</summary>
    /// <param name="answer">64.</param>
    /// <param name="card">The card that was asked about.</param>
    public bool Allows(PatronInformationResponse answer, string card)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(card);
        return answer is { ValidPatron: true, ValidPin: true } && (answer.Status & RefusingFlags) == 0
            && string.Equals(answer.Patron.Trim(), card.Trim(), StringComparison.Ordinal)
            && (AccessField is null || answer.Extra.Any(field => field.Id == AccessField && field.Value.Length > 0 && field.Value != "0"));
    }
}
