using KioskLink.Register.Patrons;

namespace KioskLink.Register.Import;

/// <summary>A row on its way into the store.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Record">What it says; null when it cannot be stored.</param>
/// <param name="Problem">Why not.</param>
internal sealed record PreparedRow(long Line, ImportRecord? Record, PatronProblem? Problem)
{
    /// <summary>The slow hash of a new PIN; null when there is none, or when it is the stored one.</summary>
    public NewPin? Pin { get; set; }
}

/// <summary>A PIN's slow hash before it is sealed.</summary>
/// <param name="Algorithm">Id of the slow hash.</param>
/// <param name="Salt">Its salt.</param>
/// <param name="Verifier">V; wiped when sealed.</param>
internal sealed record NewPin(string Algorithm, byte[] Salt, byte[] Verifier);
