; The installer for Windows: for one user, without administrator rights. Not run yet (docs/packaging.md).
;
;     python packaging\package.py folder
;     iscc packaging\windows\rehab-coach.iss
;
; The version is read from coach\__init__.py, where alone it stands.

#define Root AddBackslash(SourcePath) + "..\.."
#define Built Root + "\dist\rehab-coach"
#define Icons Root + "\build\coach\icons"

#define InitFile FileOpen(Root + "\coach\__init__.py")
#define Version ""
#sub ReadVersionLine
  #define Line FileRead(InitFile)
  #if Pos('__version__ = "', Line) == 1
    #define public Version Copy(Line, 16, Len(Line) - 16)
  #endif
#endsub
#for {0; !FileEof(InitFile); 0} ReadVersionLine
#expr FileClose(InitFile)
#if Version == ""
  #error coach\__init__.py names no version
#endif

#define Name "Rehab Coach"
#define AppId "io.github.rehab_coach.RehabCoach"
#define ProgId "RehabCoach.Routine.1"

[Setup]
AppId={#AppId}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=The Rehab Coach project
AppComments=Guided sessions and a pain log for runners with a sore hip. Not a medical device.
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
SetupIconFile={#Icons}\app.ico
UninstallDisplayIcon={app}\coach.exe
OutputDir={#Root}\dist
OutputBaseFilename=rehab-coach-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Files of an older Qt or Python must not lie among the new ones. The person's log lies elsewhere.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Built}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "{#Icons}\routine.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\coach.exe"; AppUserModelID: "{#AppId}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\coach.exe"; AppUserModelID: "{#AppId}"; Tasks: desktopicon

[Registry]
; A type of our own that opens a routine file with a double click …
Root: HKA; Subkey: "Software\Classes\{#ProgId}"; ValueType: string; ValueData: "Rehab Coach routine"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#ProgId}\DefaultIcon"; ValueType: string; ValueData: "{app}\routine.ico,0"
Root: HKA; Subkey: "Software\Classes\{#ProgId}\shell\open\command"; ValueType: string; ValueData: """{app}\coach.exe"" ""%1"""
; … offered for .json under “Open with”, and never more: Windows looks at the last ending only, and .json belongs to others.
Root: HKA; Subkey: "Software\Classes\.json\OpenWithProgids"; ValueType: string; ValueName: "{#ProgId}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\coach.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\coach.exe\SupportedTypes"; ValueType: string; ValueName: ".json"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\coach.exe\shell\open\command"; ValueType: string; ValueData: """{app}\coach.exe"" ""%1"""

[Run]
Filename: "{app}\coach.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
