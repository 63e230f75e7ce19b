using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>Applications in the store: sealed when written, opened when read, found by content and identity code. Thread-safe.</summary>
internal sealed class ApplicationStore(Vault vault)
{
    /// <summary>What a sealed application is bound to.</summary>
    public static string Binding(string applicationId) => $"application\0{applicationId}";

    /// <summary>The application with an id; null when there is none.</summary>
    public static ApplicationRow? Find(RegisterDb db, string consortium, string id) =>
        db.Set<ApplicationRow>().SingleOrDefault(row => row.Consortium == consortium && row.ApplicationId == id);

    /// <summary>What the applicant said.</summary>
    public Applicant Open(ApplicationRow row) => Applicant.Parser.ParseFrom(vault.Open(row.Sealed, Binding(row.ApplicationId)));

    /// <summary>Stores an application, unless the same one is there.</summary>
    public (ApplicationRow Row, bool Known) Put(WriteScope scope, ApplicantData applicant, Instant received, string by)
    {
        var index = vault.ApplicationIndex(applicant.Content).ToBytes();
        if (scope.Db.Set<ApplicationRow>().SingleOrDefault(known => known.Consortium == scope.Consortium && known.ContentIndex == index) is { } there)
        {
            return (there, true);
        }

        var id = Guid.NewGuid().ToString("N");
        var row = new ApplicationRow
        {
            Consortium = scope.Consortium,
            ApplicationId = id,
            ContentIndex = index,
            IdentityIndex = applicant.Code is { } code ? vault.IdentityIndex(code.Value).ToBytes() : null,
            ReceivedAt = received.ToUnixTimeMilliseconds(),
            State = (int)ApplicationState.Received,
            Sealed = vault.Seal(applicant.Content.ToByteArray(), Binding(id)),
            SubmittedBy = by,
        };
        scope.Db.Add(row);
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        return (row, false);
    }

    /// <summary>The patron with the application's identity code; null when there is none.</summary>
    public PatronRow? SameCode(RegisterDb db, string consortium, ApplicantData applicant)
    {
        if (applicant.Code is not { } code)
        {
            return null;
        }

        var index = vault.IdentityIndex(code.Value).ToBytes();
        return db.Set<PatronRow>().SingleOrDefault(row => row.Consortium == consortium && row.IdentityIndex == index);
    }

    /// <summary>The patrons with the same name and date of birth.</summary>
    public static List<PatronRow> Alike(RegisterDb db, string consortium, ApplicantData applicant)
    {
        var born = ((LocalDate?)applicant.Born).ToIso();
        return [.. db.Set<PatronRow>()
            .Where(row => row.Consortium == consortium && row.DateOfBirth == born)
            .OrderBy(row => row.PatronId)
            .AsEnumerable()
            .Where(row => ApplicationMatch.IsSameName(applicant.Content, row))];
    }
}
