using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Notices;

/// <summary>Privacy notices for everybody, and the record of processing for those who answer for it (R3, R4, R7).</summary>
internal sealed class PrivacyNoticeService(RegisterCore core) : Protos.Register.V1.PrivacyNoticeService.PrivacyNoticeServiceBase
{
    /// <inheritdoc/>
    public override Task<GetPrivacyNoticeResponse> GetPrivacyNotice(GetPrivacyNoticeRequest request, ServerCallContext context)
    {
        var (register, language) = (Register(request.Register), LanguageOf(request.Language));
        var day = Field.Date(request.At, "at") is { } asked ? ((LocalDate?)asked).ToIso() : Today();
        var notice = NoticeShelf.On(core.Profile, register, day) ?? throw Field.Missing("notice: none was in force on that day");
        return Task.FromResult(new GetPrivacyNoticeResponse { Notice = new NoticeProto(core.Profile, language).Notice(notice, day) });
    }

    /// <inheritdoc/>
    public override Task<ListPrivacyNoticeVersionsResponse> ListPrivacyNoticeVersions(ListPrivacyNoticeVersionsRequest request, ServerCallContext context)
    {
        var versions = NoticeShelf.Versions(core.Profile, Register(request.Register)).Select(notice => NoticeProto.Version(core.Profile, notice));
        return Task.FromResult(new ListPrivacyNoticeVersionsResponse { Versions = { versions } });
    }

    /// <inheritdoc/>
    public override Task<GetRecordOfProcessingResponse> GetRecordOfProcessing(GetRecordOfProcessingRequest request, ServerCallContext context)
    {
        var (proto, today) = (new NoticeProto(core.Profile, LanguageOf(request.Language)), Today());
        var response = new GetRecordOfProcessingResponse();
        foreach (var register in NoticeCheck.Registers(core.Profile))
        {
            // A register whose first notice is to come is described by that one.
            var notice = NoticeShelf.On(core.Profile, register, today) ?? NoticeShelf.Versions(core.Profile, register)[^1];
            var purposes = register == RegisterKind.Camera ? core.Profile.Camera!.Reasons : core.Profile.Purposes;
            response.Registers.Add(proto.Record(notice, purposes, today));
        }

        return Task.FromResult(response);
    }

    private static RegisterKind Register(DataRegister register) => register switch
    {
        DataRegister.Unspecified or DataRegister.Customer => RegisterKind.Customer,
        DataRegister.Camera => RegisterKind.Camera,
        _ => throw Field.Wrong("register", "must be one of Customer, Camera"),
    };

    private static Language LanguageOf(Protos.Types.V1.Language language) => language switch
    {
        Protos.Types.V1.Language.Unspecified => Language.Fi,
        _ => (Language)Field.Known(language, "language"),
    };

    private string Today() => ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
}
